package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QuickstartCommandTest extends ProgramTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void quickstartTrainsMeasuresAndAttacksTwoNetworks() throws IOException {
    assertThat(
            run(
                "quickstart",
                "--samples",
                "12",
                "--epochs",
                "1",
                "--seed",
                "3",
                "--out",
                path("quick")))
        .as(err)
        .isZero();

    JsonNode result = JSON.readTree(Files.readString(folder.resolve("quick/result.json")));
    assertThat(result.at("/models")).hasSize(2);
    assertThat(result.at("/models/0/name").asString()).isEqualTo("attention");
    assertThat(result.at("/provenance/seed").asInt()).isEqualTo(3);
    // As many parameters, within a fiftieth; and one epoch teaches both more than chance.
    double parameters = result.at("/models/0/parameters").asDouble();
    assertThat(result.at("/models/1/parameters").asDouble() / parameters).isBetween(0.98, 1.02);
    for (JsonNode model : result.get("models")) {
      assertThat(model.at("/accuracy/correct").asInt()).isGreaterThan(400);
      assertThat(model.at("/under")).hasSize(4);
      int before = model.at("/under/0/clean/correct").asInt();
      for (JsonNode under : model.get("under")) {
        assertThat(under.get("perturbation").asString()).matches("(gaussian|pgd):.*");
        if (under.get("perturbation").asString().startsWith("pgd")) {
          // A larger radius leaves no more.
          assertThat(under.at("/accuracy/correct").asInt()).isLessThanOrEqualTo(before);
          before = under.at("/accuracy/correct").asInt();
        }
      }
    }
    for (String file :
        List.of("attention.onnx", "convolution.safetensors", "attention.csv", "convolution.onnx")) {
      assertThat(folder.resolve("quick/models").resolve(file)).isNotEmptyFile();
    }
    assertThat(folder.resolve("quick/figures/accuracies.svg")).exists();
    assertThat(out).contains("report: ").contains("Next, the same networks");
  }
}
