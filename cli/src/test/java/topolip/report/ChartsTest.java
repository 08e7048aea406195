package topolip.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topolip.profile.Protocol;
import topolip.profile.RunFiles;

class ChartsTest {
  @TempDir Path folder;

  private List<JsonNode> rows(String name) throws IOException {
    Runs.write(folder, Protocol.PAIRED, "net");
    Chart chart =
        new Charts(RunFiles.read(folder).models())
            .all(new DiagramRows(Map.of())).stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow();
    List<JsonNode> rows = new ArrayList<>();
    new JsonMapper().readTree(chart.spec()).at("/data/values").forEach(rows::add);
    return rows;
  }

  /// Zero has no place on a logarithmic axis, but an interval that reaches it is drawn.
  @Test
  void bandsThatReachZeroEndAtTheLeastNumberOfTheirPanel() throws IOException {
    List<JsonNode> rows = rows("quotient");
    assertThat(rows).anyMatch(row -> row.get("low").isNumber() && row.get("low").asDouble() == 0);
    assertThat(rows)
        .filteredOn(row -> row.get("low").isNumber() && row.get("high").asDouble() > 0)
        .allMatch(row -> row.get("bottom").asDouble() > 0)
        .allMatch(row -> row.get("bottom").asDouble() <= row.get("high").asDouble());
  }

  @Test
  void undefinedValuesHaveNoBand() throws IOException {
    assertThat(rows("rate"))
        .anyMatch(row -> row.get("value").isNull())
        .allMatch(row -> row.get("bottom").equals(row.get("low")));
  }
}
