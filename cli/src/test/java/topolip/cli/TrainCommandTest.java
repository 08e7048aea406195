package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Training, and built-in networks as MODEL of other commands.
class TrainCommandTest extends ProgramTest {
  private static final String ARCHITECTURE = "conv-1?width=4&patch=8";

  private int train(String target, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                ARCHITECTURE,
                "--data",
                "shapes",
                "--epochs",
                "1",
                "--threads",
                "1",
                "--out",
                path(target)));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void aTrainedNetworkIsAModelOfOtherCommandsInBothForms() throws IOException {
    assertThat(train("trained")).as(err).isZero();
    assertThat(out).contains("epoch 1 of 1: loss ", "images/s", "model: ");
    assertThat(Files.readAllLines(folder.resolve("trained/log.csv"))).hasSize(2);
    String layers = "layers.0,logits";
    for (String file : List.of("model.safetensors", "model.onnx")) {
      assertThat(
              run(
                  "measure",
                  path("trained/" + file),
                  "--data",
                  "shapes",
                  "--samples",
                  "30",
                  "--layers",
                  layers,
                  "--accuracy-samples",
                  "50",
                  "--out",
                  path(file + ".run")))
          .as(err)
          .isZero();
    }
    assertThat(train("trained", "--resume")).as(err).isZero();
    assertThat(train("trained")).isEqualTo(1);
    assertThat(err).contains("is not empty; choose another --out, or go on with --resume");
    assertThat(train("trained", "--resume", "--batch", "64")).isEqualTo(1);
    assertThat(err.strip()).contains("cannot be resumed").doesNotContain("\n");
  }

  @Test
  void aTrainingThatIsKilledAndResumedEndsInTheWeightsOfAWholeOne() throws Exception {
    List<String> arguments =
        List.of("train", ARCHITECTURE, "--data", "shapes", "--epochs", "4", "--threads", "1");
    List<String> killed =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    killed.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    killed.addAll(arguments);
    killed.addAll(List.of("--out", path("killed")));
    Process process =
        new ProcessBuilder(killed).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines = process.inputReader()) {
      // Told when the checkpoint of an epoch is in its place.
      assertThat(lines.readLine()).startsWith("epoch 1 of 4");
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).isNotZero();
    assertThat(folder.resolve("killed/checkpoint.safetensors")).exists();
    assertThat(folder.resolve("killed/model.safetensors")).doesNotExist();

    assertThat(run(concat(arguments, "--out", path("killed"), "--resume"))).as(err).isZero();
    assertThat(out).contains("epoch 4 of 4").doesNotContain("epoch 1 of 4");
    assertThat(run(concat(arguments, "--out", path("whole")))).as(err).isZero();
    for (String file : List.of("model.safetensors", "model.onnx")) {
      assertThat(folder.resolve("killed").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
  }

  private static String[] concat(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void builtInNamesAreModelsWithRandomWeights() {
    assertThat(run("layers", "vit-tiny?depth=2", "--layers", "auto")).as(err).isZero();
    assertThat(out).contains("input 3x32x32, 10 classes", "blocks.1", "logits");
    assertThat(
            run(
                "activations",
                "attn-1?residual=false&width=8&heads=2&classes=4&seed=3",
                "--data",
                "shapes",
                "--samples",
                "20",
                "--out",
                path("activations")))
        .as(err)
        .isZero();
    assertThat(folder.resolve("activations/00_images.npy")).exists();
  }

  @Test
  void wrongWordsAreOneLine() throws IOException {
    assertFails("'resnet19' is no built-in architecture; there are attn-L", "layers", "resnet19");
    assertFails("there is no setting 'dept'", "layers", "vit-tiny?dept=2");
    assertFails("no such file", "layers", path("missing.safetensors"));
    Path file = Files.writeString(folder.resolve("bad.safetensors"), "no header here at all");
    assertFails("bad.safetensors: claims a header of", "layers", file.toString());
    assertFails("settings belong to files from elsewhere", "layers", file + "?classes=3");
  }

  private void assertFails(String message, String... arguments) {
    assertThat(run(arguments)).isEqualTo(1);
    assertThat(err.strip()).contains(message).doesNotContain("\n");
    assertThat(out).isEmpty();
  }

  @Test
  void wrongAdversariesAreWrongUsage() {
    for (String adversary : List.of("pgd:x:2", "pgd:0.1", "trades:0.1:0:6", "fgsm")) {
      assertThat(train("none", "--adversary", adversary)).as(adversary).isEqualTo(2);
      assertThat(err.strip()).contains("'" + adversary + "'").doesNotContain("\n");
    }
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
