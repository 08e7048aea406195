package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topolip.dataset.NpyArray;
import topolip.dataset.NpyWriter;

/// Wrong usage, bad input, help.
class CommandLineTest extends TrainedModelTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void layersAreListed() throws IOException {
    assertThat(run("layers", model.toString(), "--layers", "auto", "--json")).isZero();
    JsonNode listed = JSON.readTree(out);
    assertThat(listed.at("/taps")).hasSize(9);
    assertThat(listed.at("/taps/0/kind").asString()).isEqualTo("input");

    assertThat(run("layers", model.toString())).isZero();
    assertThat(out).contains("logits").contains("*");
  }

  @Test
  void dataAreWrittenAsNumPyFiles() throws IOException {
    Path x = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.floats(x, 2L, 1L, 1L, 2L)) {
      writer.write(0, .25f, .5f, 1);
      writer.finish();
    }
    assertThat(run("data", "npy:" + x, "--out", path("copy"))).as(err).isZero();
    try (NpyArray copy = NpyArray.open(folder.resolve("copy/images.npy"))) {
      assertThat(copy.shape()).containsExactly(2L, 1L, 1L, 2L);
      assertThat(copy.get(2)).isEqualTo(.5);
    }
    assertThat(folder.resolve("copy/labels.npy")).doesNotExist();
  }

  @Test
  void wrongUsageIsOneLineAndExitCodeTwo() throws IOException {
    assertFails(
        2, "expected one of [adjacent, paired] but was 'foo'", measure("--protocol", "foo"));
    assertFails(2, "--samples must be at least 2: 1", measuring("shapes", "1"));
    assertFails(
        2,
        "--accuracy-samples must not be negative: -4",
        concat(measuring("shapes", "9"), "--accuracy-samples", "-4"));
    assertFails(2, "Missing required", "measure", model.toString());
    assertFails(
        2, "expected cifar10:PATH", "measure", "x", "--data", "mnist:x", "--out", path("o"));
    assertFails(2, "--protocol paired needs --perturb", measure("--protocol", "paired"));
    assertFails(
        2,
        "--perturb belongs to --protocol paired",
        measure("--protocol", "adjacent", "--perturb", "split"));
    assertFails(2, "no perturbation", measure("--perturb", "fog:3"));
    assertFails(2, "order must be at least 1", measure("--order", "0"));
    assertFails(2, "no size such as", measure("--memory", "lots"));
    assertFails(2, "three quarters of the heap", measure("--memory", "900g"));
    assertFails(2, "no size such as", measure("--memory", "9999999999g"));
    assertFails(2, "--threads must be at least 1", measure("--threads", "0"));
    assertFails(2, "Unknown option", measure("--frobnicate"));
    assertFails(2, "mean", "layers", model + "?means=1");
  }

  @Test
  void badInputIsOneLineAndExitCodeOne() throws IOException {
    assertFails(1, "no such file", "layers", path("missing.onnx"));
    Path text = Files.writeString(folder.resolve("text.onnx"), "text");
    assertFails(1, "text.onnx: is no ONNX model", "layers", text.toString());
    assertFails(1, "no layer is '*frob*'", measure("--layers", "*frob*"));
    assertFails(1, "fewer than the 5,000 asked for", measuring("shapes", "5000"));
    assertFails(1, "too few for subsamples", measuring("shapes", "2"));
    Path empty = Files.createDirectories(folder.resolve("photos/cat"));
    assertFails(
        1, empty + ": is a class without images", measuring("images:" + empty.getParent(), "5"));
    assertFails(1, "is a folder; expected an ONNX file", "layers", empty.getParent() + "/cat");
    assertFails(
        1,
        "fewer than --accuracy-samples 99,999",
        concat(measuring("shapes", "9"), "--accuracy-samples", "99999"));
    assertFails(1, "are the whole sample", measure("--subsample-size", "0.99"));
    assertFails(1, "at least two layers, not 1", measure("--layers", "logits"));
    assertFails(1, "resize and crop are for images:DIR", measure("--resize", "32"));
    assertFails(1, "is no run", "report", path("photos"), "--out", path("o"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"quickstart", "measure", "layers", "activations", "profile", "report", "data"})
  void helpTeachesWithExamples(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out)
        .contains("Usage: topolip " + command)
        .contains("Examples:")
        .contains("topolip ");
  }

  @Test
  void versionNamesTheBuild() {
    assertThat(run("--version")).isZero();
    assertThat(out).startsWith("topolip ").contains("Java 25");
  }

  @Test
  void commandsThatAreMistypedAreSuggested() {
    assertThat(run("mesure", "model.onnx")).isEqualTo(2);
    assertThat(err).contains("did you mean", "measure").hasLineCount(1);
  }
}
