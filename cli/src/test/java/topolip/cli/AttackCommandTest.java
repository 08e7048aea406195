package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topolip.dataset.NpyArray;
import topolip.onnx.OnnxModel;

/// `topolip attack`, `topolip evaluate`, and attacks as perturbations of `topolip measure`.
class AttackCommandTest {
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

  private int run(String command, String... more) {
    String[] arguments = {command, model.toString(), "--data", "shapes"};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int code = Main.commandLine(new PrintWriter(output), new PrintWriter(errors)).execute(all);
    out = output.toString();
    err = errors.toString();
    return code;
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode result(String run) throws IOException {
    return JSON.readTree(Files.readString(folder.resolve(run).resolve("result.json")));
  }

  private static int correct(JsonNode accuracy) {
    return accuracy.get("correct").asInt();
  }

  @Test
  void attackSaysWhatEachLeavesAndTheWorstCase() throws IOException {
    assertThat(
            run(
                "attack",
                "--samples",
                "40",
                "--attack",
                "fgsm:4/255",
                "--attack",
                "pgd:4/255:5",
                "--curve",
                "0,2/255,8/255",
                "--save-images",
                "--out",
                path("a")))
        .as(err)
        .isZero();

    JsonNode result = result("a");
    int clean = correct(result.get("clean"));
    assertThat(clean).isGreaterThan(30);
    for (JsonNode attack : result.get("attacks")) {
      assertThat(correct(attack.get("robust"))).isLessThan(clean);
      assertThat(correct(result.get("worstCase")))
          .isLessThanOrEqualTo(correct(attack.get("robust")));
    }
    JsonNode curve = result.at("/curve/values");
    assertThat(correct(curve.get(0).get("accuracy"))).isEqualTo(clean);
    assertThat(correct(curve.get(2).get("accuracy")))
        .isLessThanOrEqualTo(correct(curve.get(1).get("accuracy")));
    assertThat(Files.readAllLines(folder.resolve("a/examples.csv"))).hasSize(1 + 3 * 40);
    try (NpyArray images = NpyArray.open(folder.resolve("a/adversarial.npy"))) {
      assertThat(images.shape()).containsExactly(40L, 3L, 32L, 32L);
    }
    assertThat(folder.resolve("a/checkpoint")).doesNotExist();
    assertThat(out).contains("pgd:4/255:5").contains("worst case").contains("result: ");
  }

  @Test
  void runThatIsResumedEndsInTheSameNumbers() throws IOException {
    String[] options = {"--samples", "30", "--attack", "aa-lite:2/255", "--seed", "5", "--out"};
    assertThat(run("attack", with(options, path("whole")))).as(err).isZero();
    // What an interrupted run leaves: some parts, no result.
    assertThat(run("attack", with(options, path("parts")))).as(err).isZero();
    Files.delete(folder.resolve("parts/result.json"));
    assertThat(run("attack", with(options, path("parts")))).isEqualTo(1);
    assertThat(err).contains("is not empty").contains("--resume");
    assertThat(run("attack", with(options, path("parts"), "--resume"))).as(err).isZero();

    assertThat(result("parts").get("attacks")).isEqualTo(result("whole").get("attacks"));
    assertThat(folder.resolve("parts/examples.csv"))
        .hasSameTextualContentAs(folder.resolve("whole/examples.csv"));
  }

  private static String[] with(String[] options, String... more) {
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return all;
  }

  @Test
  void wrongAttacksAreOneLine() {
    for (List<String> wrong :
        List.of(
            List.of("--attack", "frobnicate:8/255"),
            List.of("--attack", "pgd:x"),
            List.of("--norm", "l3"),
            List.of("--samples", "0"),
            List.of("--curve", "-1"))) {
      String[] options = with(wrong.toArray(String[]::new), "--out", path("none"));
      assertThat(run("attack", options)).as(wrong.toString()).isEqualTo(2);
      assertThat(err.strip()).doesNotContain("\n").startsWith("topolip attack: ");
      assertThat(folder.resolve("none")).doesNotExist();
    }
    assertThat(run("attack", "--engine", "onnxruntime", "--out", path("none"))).isEqualTo(1);
    assertThat(err).contains("needs gradients");
  }

  @Test
  void evaluationHasAccuracyUnderPerturbationsAndCorruptions() throws IOException {
    assertThat(
            run(
                "evaluate",
                "--samples",
                "40",
                "--perturb",
                "gaussian:0.3",
                "--perturb",
                "corruption:contrast:5",
                "--corruptions",
                "fog,pixelate",
                "--baseline",
                "conv",
                "--out",
                path("e")))
        .as(err)
        .isZero();

    JsonNode model = result("e").at("/models/0");
    int clean = correct(model.at("/clean/accuracy"));
    assertThat(clean).isGreaterThan(30);
    assertThat(model.get("perturbed")).hasSize(2);
    assertThat(correct(model.at("/perturbed/0/summary/accuracy"))).isLessThan(clean);
    assertThat(model.at("/corruptions/corruptions")).hasSize(2);
    assertThat(model.at("/corruptions/corruptions/0/errors")).hasSize(5);
    assertThat(model.at("/corruptions/meanCorruptionError").isNull()).isTrue();
    assertThat(Files.readAllLines(folder.resolve("e/examples.csv"))).hasSize(1 + 3 * 40);

    assertThat(run("evaluate", "--corruptions", "fog", "--baseline", "x", "--out", path("f")))
        .isEqualTo(1);
    assertThat(err).contains("'x' is no baseline; expected alexnet or one of [conv]");
  }

  @Test
  void networksAreMeasuredUnderAttack() throws IOException {
    assertThat(
            run(
                "measure",
                "--samples",
                "20",
                "--subsamples",
                "2",
                "--accuracy-samples",
                "20",
                "--perturb",
                "pgd:8/255:5",
                "--out",
                path("m")))
        .as(err)
        .isZero();

    JsonNode result = result("m");
    assertThat(result.at("/provenance/options/perturb").asString()).isEqualTo("pgd:8/255:5");
    assertThat(correct(result.at("/models/0/perturbedAccuracy")))
        .isLessThan(correct(result.at("/models/0/sampleAccuracy")));
  }
}
