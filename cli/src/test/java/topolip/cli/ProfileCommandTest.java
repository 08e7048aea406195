package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topolip.dataset.NpyArray;
import topolip.dataset.NpyWriter;

/// Activations from files, and into files.
class ProfileCommandTest extends TrainedModelTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void profileOfWrittenActivationsIsThatOfTheModel() throws IOException {
    String[] options = {
      model.toString(), "--data", "shapes", "--samples", "30", "--layers", "auto", "--out"
    };
    assertThat(run(concat(concat(new String[] {"activations"}, options), path("clean")))).isZero();
    assertThat(
            run(
                concat(
                    concat(new String[] {"activations"}, options),
                    path("noisy"),
                    "--perturb",
                    "gaussian:0.1")))
        .isZero();
    assertThat(
            run(
                "measure",
                model.toString(),
                "--data",
                "shapes",
                "--samples",
                "30",
                "--subsamples",
                "3",
                "--accuracy-samples",
                "20",
                "--perturb",
                "gaussian:0.1",
                "--out",
                path("measured")))
        .as(err)
        .isZero();
    assertThat(
            run(
                "profile",
                path("clean"),
                path("noisy"),
                "--subsamples",
                "3",
                "--out",
                path("profiled")))
        .as(err)
        .isZero();

    JsonNode measured = JSON.readTree(Files.readString(folder.resolve("measured/result.json")));
    JsonNode profiled = JSON.readTree(Files.readString(folder.resolve("profiled/result.json")));
    assertThat(profiled.at("/models/0/degrees")).isEqualTo(measured.at("/models/0/degrees"));
    assertThat(measured.at("/models/0/perturbedAccuracy/total").asInt()).isEqualTo(30);
    assertThat(measured.at("/models/0/degrees/0/raw/quotient/value")).hasSize(8);
    try (NpyArray logits = NpyArray.open(folder.resolve("clean/08_logits.npy"))) {
      assertThat(logits.shape()).containsExactly(30L, 10L);
    }
  }

  @Test
  void layersOfActivationsAreInTheOrderOfTheirNumbers() throws IOException {
    for (int l : new int[] {0, 1, 2, 10, 11}) {
      activations("acts/layer_" + l, 20, l + 1);
    }
    assertThat(run("profile", path("acts"), "--subsamples", "0", "--out", path("run")))
        .as(err)
        .isZero();

    JsonNode result = JSON.readTree(Files.readString(folder.resolve("run/result.json")));
    assertThat(result.at("/models/0/layers").valueStream().map(l -> l.get("name").asString()))
        .containsExactly("layer_0", "layer_1", "layer_2", "layer_10", "layer_11");
    assertThat(result.at("/provenance/files")).hasSize(5);
  }

  @Test
  void pairedActivationsMustBeOfTheSameLayers() throws IOException {
    activations("clean/0_a", 20, 2);
    activations("clean/1_b", 20, 3);
    activations("other/0_a", 20, 2);
    activations("other/1_c", 20, 3);
    activations("short/0_a", 20, 2);
    activations("short/1_b", 20, 4);

    assertFails(
        1, "expected equal names", "profile", path("clean"), path("other"), "--out", path("run"));
    assertFails(
        1, "has shape [20, 4], but", "profile", path("clean"), path("short"), "--out", path("run"));
  }

  @Test
  void failingUnitIsNamed() throws IOException {
    activations("acts/0_a", 20, 2);
    activations("acts/1_b", 20, 3);
    assertFails(
        1,
        "acts, distance 0, whole sample: order 1000000.0 is too high for these diagrams",
        "profile",
        path("acts"),
        // Each of them fails; the first to end is named.
        "--threads",
        "1",
        "--order",
        "1000000",
        "--out",
        path("run"));
  }

  @Test
  void engineIsThisMachineOrASparkMaster() throws IOException {
    activations("acts/0_a", 20, 2);
    String[] profile = {"profile", path("acts"), "--out", path("run"), "--engine"};
    assertFails(
        2,
        "--engine must be local or a Spark master such as spark://host:7077: torch",
        concat(profile, "torch"));
    assertFails(
        1, "spark://h:7077 needs the program with Spark", concat(profile, "spark://h:7077"));
  }

  private void activations(String name, int samples, int features) throws IOException {
    Path file = folder.resolve(name + ".npy");
    Files.createDirectories(file.getParent());
    SplittableRandom random = new SplittableRandom(features);
    try (NpyWriter writer = NpyWriter.floats(file, (long) samples, (long) features)) {
      float[] values = new float[samples * features];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      writer.write(values);
      writer.finish();
    }
  }

  @Test
  void meanOfTheModelAndDeviationOfTheOptionGoTogether() throws IOException {
    String[] options = {"--data", "shapes", "--samples", "12", "--layers", "0,logits", "--out"};
    String[] activations = {"activations"};
    assertThat(
            run(
                concat(
                    concat(concat(activations, model + "?mean=0.1,0.2,0.3"), options),
                    path("mixed"),
                    "--std",
                    "0.5,0.6,0.7")))
        .as(err)
        .isZero();
    assertThat(
            run(
                concat(
                    concat(concat(activations, model.toString()), options),
                    path("given"),
                    "--mean",
                    "0.1,0.2,0.3",
                    "--std",
                    "0.5,0.6,0.7")))
        .as(err)
        .isZero();

    assertThat(folder.resolve("mixed/01_logits.npy"))
        .hasSameBinaryContentAs(folder.resolve("given/01_logits.npy"));
  }

  @Test
  void activationsThatAreNotFiniteAreNamed() throws IOException {
    Files.createDirectories(folder.resolve("acts"));
    for (int l = 0; l < 2; l++) {
      try (NpyWriter writer = NpyWriter.floats(folder.resolve("acts/0" + l + "_x.npy"), 10L, 2L)) {
        float[] values = new float[20];
        values[7] = l == 0 ? 0 : Float.NaN;
        writer.write(values);
        writer.finish();
      }
    }
    assertFails(
        1, "01_x.npy: is NaN at sample 3, feature 1", "profile", path("acts"), "--out", path("o"));
    Files.delete(folder.resolve("acts/01_x.npy"));
    assertFails(1, "has 1 .npy files; expected", "profile", path("acts"), "--out", path("o"));
    assertFails(1, "no such file", "profile", path("nowhere"), "--out", path("o"));
  }
}
