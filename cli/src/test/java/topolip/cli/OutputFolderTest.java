package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What commands write, and what they do not write over.
class OutputFolderTest extends TrainedModelTest {
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
  void reportIsBuiltAgain() {
    assertThat(run(measure())).isZero();
    assertThat(run("report", path("run"), "--out", path("again"))).as(err).isZero();
    assertThat(folder.resolve("again/report.html")).isNotEmptyFile();
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
}
