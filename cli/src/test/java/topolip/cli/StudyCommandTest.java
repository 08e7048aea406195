package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import topolip.study.StudyLock;

/// `topolip study`, on networks so small that they learn next to nothing.
class StudyCommandTest extends ProgramTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String STUDY =
      """
      name: tiny
      data: shapes
      seeds: [0]
      train: {epochs: 1, batch: 100}
      measure: {samples: 24, subsamples: 4, accuracy-samples: 60}
      perturbations: ["gaussian:0.2"]
      accuracy: {samples: 40, perturb: ["uniform:0.3", "corruption:contrast:5", "gaussian:0.2"]}
      attacks: ["fgsm:8/255", "pgd:8/255:3"]
      attack: {samples: 20}
      untrained: true
      networks:
        - {name: attn, family: attention, architecture: "attn-1?width=8&heads=2&patch=8"}
        - {name: conv, family: convolution, architecture: "conv-1?width=8&patch=8"}
        - {name: attn2, family: attention, architecture: "attn-2?width=8&heads=2&patch=8"}
        - {name: conv2, family: convolution, architecture: "conv-2?width=8&patch=8"}
      """;

  private JsonNode result(String study) throws IOException {
    ObjectNode result =
        (ObjectNode) JSON.readTree(Files.readString(folder.resolve(study).resolve("study.json")));
    result.remove("provenance");
    return result;
  }

  @Test
  void aStudyIsTrainedMeasuredAttackedAndToldWhole() throws IOException {
    Files.writeString(folder.resolve("tiny.yaml"), STUDY);
    assertThat(run("study", path("tiny.yaml"), "--out", path("a"), "--dry-run")).as(err).isZero();
    assertThat(out)
        .contains(
            "time     command",
            "unknown  topolip train 'attn-1?width=8&heads=2&patch=8' ",
            "24 units; nothing like them was run here yet")
        .containsPattern("train +4 +0 +unknown");
    assertThat(folder.resolve("a")).doesNotExist();

    assertThat(run("study", path("tiny.yaml"), "--out", path("a"))).as(err).isZero();
    assertThat(out).contains("attn", "conv", "report: ");
    JsonNode result = result("a");
    assertThat(result.get("networks")).hasSize(4);
    JsonNode network = result.at("/networks/0");
    assertThat(network.get("units")).hasSize(6);
    assertThat(network.get("losses").propertyNames())
        .contains(
            "gaussian:0.2",
            "uniform:0.3",
            "corruption:contrast:5",
            "fgsm:8/255 linf",
            "pgd:8/255:3 linf",
            "worst attack linf");
    assertThat(network.at("/measures/adjacent union scale-free mean").isNumber()).isTrue();
    assertThat(network.at("/measures/gaussian:0.2 union scale-free end-to-end").isNumber())
        .isTrue();
    assertThat(network.at("/measures/untrained 0 raw mean").isNumber()).isTrue();
    assertThatMoreImagesCount(network);
    assertThat(result.get("associations").isEmpty()).isFalse();
    for (String file :
        List.of("report.html", "networks.csv", "associations.csv", "figures/rate.svg")) {
      assertThat(folder.resolve("a").resolve(file)).isNotEmptyFile();
    }
    assertThat(Files.readAllLines(folder.resolve("a/networks.csv"))).hasSize(5);

    assertThatOneUnitLessEndsInTheSameResult(result);
  }

  /// Of 24 images in the profile and of 40 in the evaluation, the latter.
  private static void assertThatMoreImagesCount(JsonNode network) {
    double correct = 40 * network.at("/accuracies/gaussian:0.2").asDouble();
    assertThat(correct).isEqualTo(Math.rint(correct));
    assertThat(network.get("losses")).hasSize(6);
  }

  /// As after a kill: the study goes on, and only what is missing is made again.
  private void assertThatOneUnitLessEndsInTheSameResult(JsonNode before) throws IOException {
    Path units = folder.resolve("a/units");
    List<Path> paired;
    try (Stream<Path> all = Files.list(units)) {
      paired =
          all.filter(unit -> unit.getFileName().toString().startsWith("paired-conv-0")).toList();
    }
    assertThat(paired).hasSize(1);
    try (Stream<Path> content = Files.walk(paired.getFirst())) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Path train;
    try (Stream<Path> all = Files.list(units)) {
      train =
          all.filter(unit -> unit.getFileName().toString().startsWith("train-attn-0"))
              .findFirst()
              .orElseThrow();
    }
    var trained = Files.getLastModifiedTime(train.resolve("model.onnx"));
    Files.delete(folder.resolve("a/study.json"));
    assertThat(run("study", path("tiny.yaml"), "--out", path("a"), "--threads", "1"))
        .as(err)
        .isZero();
    assertThat(result("a")).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(train.resolve("model.onnx"))).isEqualTo(trained);
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingRuns() throws IOException {
    Files.writeString(folder.resolve("bad.yaml"), STUDY.replace("batch: 100", "bach: 100"));
    assertThat(run("study", path("bad.yaml"), "--out", path("b"))).isEqualTo(1);
    assertThat(err).contains("attn: Unknown option", "--bach");
    Files.writeString(folder.resolve("none.yaml"), "name: x\n");
    assertThat(run("study", path("none.yaml"), "--out", path("b"))).isEqualTo(1);
    assertThat(err.strip()).contains("none.yaml", "no study").doesNotContain("\n");
    assertThat(run("study", "--preset", "thesis", "--out", path("b"))).isEqualTo(2);
    assertThat(err)
        .contains("'thesis' is no preset; there are [paper-small, paper, paper-fashion, sweep]");
    assertThat(run("study", "--preset", "paper")).isEqualTo(2);
    assertThat(err).contains("--out DIR is missing");
    assertThat(run("study", "--out", path("b"))).isEqualTo(2);
    Files.writeString(folder.resolve("tiny.yaml"), STUDY);
    assertThat(
            run(
                "study",
                path("tiny.yaml"),
                "--data",
                "idx:mnist",
                "--engine",
                "spark://h:7077",
                "--out",
                path("b")))
        .isEqualTo(1);
    assertThat(err.strip())
        .endsWith(
            "executors need absolute paths: write %s instead of mnist"
                .formatted(Path.of("mnist").toAbsolutePath()));
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void twoRunsDoNotShareAFolder() throws IOException {
    Files.writeString(folder.resolve("tiny.yaml"), STUDY);
    Path taken = Files.createDirectory(folder.resolve("c"));
    try (StudyLock _ = StudyLock.of(taken)) {
      assertThat(run("study", path("tiny.yaml"), "--out", path("c"))).isEqualTo(1);
      assertThat(err.strip())
          .isEqualTo(
              "topolip study: %s: another 'topolip study' works there; wait for it, or stop it"
                  .formatted(taken));
      assertThat(taken.resolve("units")).doesNotExist();
    }
    StudyLock.of(taken).close();
  }

  @Test
  void whatIsInAFileThatAnOptionNamesMakesOtherUnits() throws IOException {
    String npy = path("other.npy");
    Files.writeString(
        folder.resolve("npy.yaml"),
        STUDY.replace("perturbations: [\"gaussian:0.2\"]", "perturbations: [\"npy:" + npy + "\"]"));
    assertThat(run("study", path("npy.yaml"), "--out", path("d"), "--dry-run")).isEqualTo(1);
    assertThat(err).contains("other.npy: no such file");
    Files.writeString(folder.resolve("other.npy"), "one");
    List<String> before = commands();
    Files.writeString(folder.resolve("other.npy"), "two");
    List<String> after = commands();
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).equals(before.get(i)))
          .as(before.get(i))
          .isEqualTo(!before.get(i).contains("npy:"));
    }
  }

  private List<String> commands() {
    assertThat(run("study", path("npy.yaml"), "--out", path("d"), "--dry-run")).as(err).isZero();
    return out.lines().filter(line -> line.contains(" topolip ")).toList();
  }

  @Test
  void everyPresetOnGeneratedImagesIsMadeOfCommandsThatParse() {
    for (String preset : List.of("paper-small", "sweep")) {
      assertThat(run("study", "--preset", preset, "--out", path("e"), "--dry-run"))
          .as(err)
          .isZero();
    }
    assertThat(out).contains("topolip bounds", "156 units");
  }

  @Test
  void aPresetCanBePrintedAndChanged() throws IOException {
    assertThat(run("study", "--print", "paper-small")).as(err).isZero();
    assertThat(out).contains("name: paper-small", "networks:");
  }
}
