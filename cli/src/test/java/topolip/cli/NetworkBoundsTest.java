package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NetworkBoundsTest {
  @TempDir Path folder;
  private String out = "";
  private String err = "";

  private int run(String arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int code =
        Main.commandLine(new PrintWriter(output), new PrintWriter(errors))
            .execute(arguments.split(" ", -1));
    out = output.toString();
    err = errors.toString();
    return code;
  }

  @Test
  void builtInNetworksHaveBoundsAboveWhatIsFound() throws IOException {
    Path target = folder.resolve("run");
    int code =
        run(
            "bounds conv-1?width=8 attn-1?width=8 --data shapes --samples 3 --clever 1 --threads 1"
                + " --out "
                + target);
    assertThat(code).as(err).isZero();
    assertThat(out).contains("conv-1?width=8", "attn-1?width=8", "CLEVER (an estimate)", "logits");
    JsonNode result = new JsonMapper().readTree(Files.readString(target.resolve("result.json")));
    assertThat(result.get("schemaVersion").asInt()).isEqualTo(1);
    for (JsonNode model : result.get("models")) {
      for (JsonNode layer : model.get("layers")) {
        assertThat(layer.get("unbounded").isNull()).isTrue();
        assertThat(layer.at("/found/log10").asDouble())
            .isLessThanOrEqualTo(layer.at("/bound/log10").asDouble() + 1e-4);
        assertThat(layer.at("/jacobian/log10").asDouble())
            .isLessThanOrEqualTo(layer.at("/boundOnSample/log10").asDouble() + 1e-4);
        assertThat(layer.at("/bound/kind").asString()).isEqualTo("UPPER");
        assertThat(layer.at("/boundOnSample/kind").asString()).isEqualTo("ESTIMATE");
        assertThat(layer.at("/found/kind").asString()).isEqualTo("LOWER");
      }
      assertThat(model.get("clever").size()).isEqualTo(1);
      assertThat(model.get("certificates").size()).isEqualTo(3);
    }
    assertThat(Files.readAllLines(target.resolve("bounds.csv")).getFirst())
        .startsWith("model,index,layer,log10_bound,");
    assertThat(target.resolve("figures/bounds.svg")).content().contains("<svg");
    assertThat(target.resolve("figures/bounds.png")).exists();
  }

  @Test
  void wrongUseIsSaidAndLeavesNothingBehind() {
    assertThat(run("bounds")).isEqualTo(2);
    assertThat(err).contains("either networks (MODEL) or a theorem");
    assertThat(run("bounds conv-1 --out " + folder.resolve("x"))).isEqualTo(2);
    assertThat(err).contains("need --data");
    assertThat(run("bounds conv-1 --data shapes")).isEqualTo(2);
    assertThat(err).contains("need --out");
    assertThat(run("bounds missing.onnx --data shapes --out " + folder.resolve("x"))).isEqualTo(1);
    assertThat(err).contains("missing.onnx");
    assertThat(folder).isEmptyDirectory();
  }
}
