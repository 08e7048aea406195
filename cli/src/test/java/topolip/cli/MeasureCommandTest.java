package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topolip.dataset.FileHash;
import topolip.profile.RunResult;

class MeasureCommandTest extends TrainedModelTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void measureWritesARunWhole() throws IOException {
    assertThat(run(measure())).as(err).isZero();

    Path run = folder.resolve("run");
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(run.resolve("layers.csv")).isNotEmptyFile();
    assertThat(run.resolve("diagrams.csv")).isNotEmptyFile();
    JsonNode result = JSON.readTree(Files.readString(run.resolve("result.json")));
    assertThat(result.at("/models/0/accuracy/total").asInt()).isEqualTo(50);
    assertThat(result.at("/models/0/layers")).hasSize(9);
    assertThat(result.at("/models/0/degrees/1/raw/distance/value")).hasSize(8);
    assertThat(result.at("/provenance/options/protocol").asString()).isEqualTo("adjacent");
    assertThat(result.at("/provenance/data/samples").asInt()).isEqualTo(30);
    assertThat(result.at("/provenance/command").asString())
        .isEqualTo("topolip " + String.join(" ", measure()));
    assertThat(out).contains("conv: 9 layers").contains("report: ");
    try (var all = Files.list(folder)) {
      assertThat(all.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("conv.onnx", "run");
    }
  }

  @Test
  void resultSatisfiesThePublishedSchema() throws IOException {
    assertThat(run(measure("--perturb", "gaussian:0.1"))).as(err).isZero();
    try (InputStream in = RunResult.class.getResourceAsStream("result.schema.json")) {
      String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String result = Files.readString(folder.resolve("run/result.json"));
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(schema)
                  .validate(result, InputFormat.JSON))
          .isEmpty();
    }
  }

  @Test
  void pairedRunSaysHowFarDiagramsMayMove() throws IOException {
    assertThat(run(measure("--perturb", "gaussian:0.1"))).as(err).isZero();
    JsonNode layers =
        new JsonMapper()
            .readTree(Files.readString(folder.resolve("run/result.json")))
            .at("/models/0/layers");

    assertThat(layers.size()).isEqualTo(9);
    for (JsonNode layer : layers) {
      JsonNode stability = layer.get("stability");
      double moved = 2 * stability.get("displacement").asDouble();
      stability
          .get("bottleneck")
          .forEach(d -> assertThat(d.asDouble()).isLessThanOrEqualTo(moved * (1 + 1e-6)));
      assertThat(Math.pow(10, stability.at("/proved/boundLog10").asDouble()))
          .isGreaterThanOrEqualTo(moved * (1 - 1e-6));
    }
  }

  @Test
  void boundsCanBeLeftOut() throws IOException {
    assertThat(run(measure("--perturb", "gaussian:0.1", "--no-bounds"))).as(err).isZero();
    JsonNode stability =
        new JsonMapper()
            .readTree(Files.readString(folder.resolve("run/result.json")))
            .at("/models/0/layers/1/stability");

    assertThat(stability.get("bottleneck").size()).isEqualTo(2);
    assertThat(stability.get("proved").isNull()).isTrue();
  }

  @Test
  void numbersDoNotDependOnThreadsOrMemory() throws IOException {
    assertThat(run(measure("--threads", "1"))).isZero();
    JsonNode one = JSON.readTree(Files.readString(folder.resolve("run/result.json")));
    assertThat(run(measure("--threads", "3", "--memory", "500k", "--force"))).as(err).isZero();
    JsonNode three = JSON.readTree(Files.readString(folder.resolve("run/result.json")));

    assertThat(three.at("/models")).isEqualTo(one.at("/models"));
  }

  @Test
  void twoLayersMakeAReportWithoutRates() throws IOException {
    String[] two = measuring("shapes", "30");
    assertThat(run(concat(two, "--layers", "0,logits", "--accuracy-samples", "20")))
        .as(err)
        .isZero();

    JsonNode result = JSON.readTree(Files.readString(folder.resolve("run/result.json")));
    assertThat(result.at("/models/0/degrees/0/raw/topolip/mean/value").isNull()).isTrue();
    assertThat(folder.resolve("run/figures/rate.svg")).doesNotExist();
    assertThat(folder.resolve("run/figures/distance.svg")).exists();
  }

  @Test
  void secondSampleIsAPerturbation() {
    assertThat(run(measure("--perturb", "split"))).as(err).isZero();
  }

  @Test
  void whatPerturbedImagesHeldIsRecorded() throws IOException {
    assertThat(run("data", "shapes", "--out", path("copy"))).as(err).isZero();
    String images = path("copy/images.npy");
    assertThat(run(measure("--perturb", "npy:" + images))).as(err).isZero();

    JsonNode files =
        JSON.readTree(Files.readString(folder.resolve("run/result.json"))).at("/provenance/files");
    assertThat(files.get(images).asString()).isEqualTo(FileHash.sha256(List.of(Path.of(images))));
  }

  @Test
  void lastModelIsOpenedBeforeTheFirstIsMeasured() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "text");
    assertFails(
        1,
        "text.onnx: is no ONNX model",
        "measure",
        model.toString(),
        text.toString(),
        "--data",
        "shapes",
        "--samples",
        "2000",
        "--out",
        path("run"));
  }
}
