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

  private JsonNode spec(String name) throws IOException {
    Runs.write(folder, Protocol.PAIRED, "net");
    Chart chart =
        new Charts(RunFiles.read(folder).models())
            .all(new DiagramRows(Map.of())).stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow();
    return new JsonMapper().readTree(chart.spec());
  }

  private static List<JsonNode> rows(JsonNode spec) {
    List<JsonNode> rows = new ArrayList<>();
    spec.at("/data/values").forEach(rows::add);
    return rows;
  }

  /// Zero has no place on a logarithmic axis, but an interval that reaches it is drawn.
  @Test
  void bandsThatReachZeroEndAtTheLeastNumberOfTheirPanel() throws IOException {
    JsonNode spec = spec("quotient");
    assertThat(spec.at("/spec/layer/0/encoding/y/field").asString()).isEqualTo("bottom");
    List<JsonNode> rows = rows(spec);
    assertThat(rows).anyMatch(row -> row.get("low").isNumber() && row.get("low").asDouble() == 0);
    assertThat(rows)
        .filteredOn(row -> row.get("low").isNumber() && row.get("high").asDouble() > 0)
        .allMatch(row -> row.get("bottom").asDouble() > 0)
        .allMatch(row -> row.get("bottom").asDouble() <= row.get("high").asDouble());
  }

  /// Vega breaks an area where its number is missing, if the row is there.
  @Test
  void undefinedValuesHaveNoBand() throws IOException {
    JsonNode spec = spec("rate");
    assertThat(rows(spec)).anyMatch(row -> row.get("value").isNull() && row.get("low").isNull());
    JsonNode band = spec.at("/spec/layer/0");
    assertThat(band.at("/mark/type").asString()).isEqualTo("area");
    assertThat(band.at("/encoding/y/field").asString()).isEqualTo("low");
    assertThat(band.has("transform")).as("rows left out").isFalse();
  }
}
