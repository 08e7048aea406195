package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topolip.dataset.FileHash;
import topolip.dataset.NpyArray;
import topolip.dataset.NpyWriter;
import topolip.onnx.OnnxModel;
import topolip.profile.RunResult;

class CommandLineTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;
  private Path model = Path.of("");
  private String out = "";
  private String err = "";

  @BeforeEach
  void unpackModel() throws IOException {
    model = folder.resolve("conv.onnx");
    try (InputStream in = OnnxModel.class.getResourceAsStream("shapes-convolution.onnx")) {
      Files.copy(Objects.requireNonNull(in), model);
    }
  }

  private int run(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int code =
        Main.commandLine(new PrintWriter(output), new PrintWriter(errors)).execute(arguments);
    out = output.toString();
    err = errors.toString();
    return code;
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void assertFails(int code, String message, String... arguments) throws IOException {
    List<Path> before = entries();
    assertThat(run(arguments)).as(err).isEqualTo(code);
    assertThat(err.strip()).doesNotContain("\n").contains(message);
    assertThat(out).isEmpty();
    assertThat(entries()).isEqualTo(before);
  }

  private List<Path> entries() throws IOException {
    try (var all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }

  private String[] measuring(String data, String samples) {
    return new String[] {
      "measure", model.toString(), "--data", data, "--samples", samples, "--out", path("run")
    };
  }

  private String[] measure(String... more) {
    return concat(
        new String[] {
          "measure",
          model.toString(),
          "--data",
          "shapes",
          "--samples",
          "30",
          "--subsamples",
          "3",
          "--accuracy-samples",
          "50",
          "--out",
          path("run")
        },
        more);
  }

  private static String[] concat(String[] first, String... second) {
    String[] all = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

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
  void existingRunIsReplacedOnlyWhenForced() throws IOException {
    assertThat(run(measure())).as(err).isZero();
    Files.writeString(folder.resolve("run/old.txt"), "old");
    assertFails(1, "exists; choose another --out, or replace it with --force", measure());

    assertThat(run(measure("--force"))).as(err).isZero();
    assertThat(folder.resolve("run/old.txt")).doesNotExist();
    assertThat(folder.resolve("run/result.json")).exists();
  }

  @Test
  void foldersThatTheProgramDidNotWriteAreNeverReplaced() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/mine.txt"), "precious");

    assertFails(1, "was not written by topolip", measure("--force"));
    assertThat(folder.resolve("run/mine.txt")).hasContent("precious");
  }

  @Test
  void inputsAreNeverReplaced() throws IOException {
    String acts = path("acts");
    String[] activations = {
      "activations", model.toString(), "--data", "shapes", "--samples", "12", "--out", acts
    };
    assertThat(run(activations)).as(err).isZero();

    assertFails(1, "would replace the input", "profile", acts, "--out", acts, "--force");
    assertThat(folder.resolve("acts/result.json")).doesNotExist();
    try (var files = Files.list(folder.resolve("acts"))) {
      assertThat(files.filter(f -> f.toString().endsWith(".npy"))).isNotEmpty();
    }
  }

  @Test
  void reportOfARunIntoItselfKeepsTheRun() throws IOException {
    assertThat(run(measure())).as(err).isZero();
    String before = Files.readString(folder.resolve("run/result.json"));
    Files.delete(folder.resolve("run/report.html"));

    assertFails(1, "with --force", "report", path("run"), "--out", path("run"));
    assertThat(run("report", path("run"), "--out", path("run"), "--force")).as(err).isZero();
    assertThat(folder.resolve("run/result.json")).hasContent(before);
    assertThat(folder.resolve("run/diagrams.csv")).exists();
    assertThat(folder.resolve("run/report.html")).exists();
  }

  @Test
  void folderThatAppearsMeanwhileIsKept() throws IOException {
    Path target = folder.resolve("deep/er/run");
    try (OutputFolder output = OutputFolder.create(target, false, List.of())) {
      Files.writeString(output.path().resolve("a.txt"), "a");
      Files.createDirectory(target);
      Files.writeString(target.resolve("notes.txt"), "mine");
      assertThatThrownBy(output::commit).isInstanceOf(IOException.class);
    }
    assertThat(target.resolve("notes.txt")).hasContent("mine");
    assertThat(folder.resolve("deep/er")).isDirectoryContaining("glob:**run");
  }

  @Test
  void failureLeavesNoFoldersBehind() throws IOException {
    assertFails(
        1, "no such file", "measure", "none.onnx", "--data", "shapes", "--out", path("x/y/run"));
    assertThat(folder.resolve("x")).doesNotExist();
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

  @Test
  void secondSampleIsAPerturbation() {
    assertThat(run(measure("--perturb", "split"))).as(err).isZero();
  }

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
  void reportIsBuiltAgain() {
    assertThat(run(measure())).isZero();
    assertThat(run("report", path("run"), "--out", path("again"))).as(err).isZero();
    assertThat(folder.resolve("again/report.html")).isNotEmptyFile();
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
  void runsThatMeasuredOtherThingsShareNoReport() throws IOException {
    assertThat(run(measure())).as(err).isZero();
    assertThat(
            run(
                "measure",
                model.toString(),
                "--data",
                "shapes",
                "--samples",
                "20",
                "--accuracy-samples",
                "0",
                "--subsamples",
                "0",
                "--out",
                path("other")))
        .as(err)
        .isZero();

    assertFails(
        1,
        "cannot share a report: samples is 30 in one and 20 in the other",
        "report",
        path("run"),
        path("other"),
        "--out",
        path("both"));
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
}
