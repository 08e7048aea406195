package topolip.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.engine.Engine;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.engine.UnitFailure;

class StudyRunTest {
  private static final String TEXT =
      """
      name: small
      data: shapes
      seeds: [0, 1]
      train: {epochs: 2, flip: true, noise: 0}
      measure: {samples: 50}
      perturbations: ["gaussian:0.1"]
      attacks: ["fgsm:1/255"]
      networks:
        - {name: a, family: attention, architecture: attn-1}
        - {name: c, family: convolution, architecture: conv-1, train: {epochs: 3}}
      """;

  @TempDir Path folder;

  /// Notes commands, and leaves what they would write last.
  private static final class Noted implements StudyRun.Program {
    private final ArrayList<List<String>> commands = new ArrayList<>();
    private final int until;
    private final String unless;

    Noted(int until) {
      this(until, "nothing");
    }

    /// @param unless a word with which commands fail
    Noted(int until, String unless) {
      this.until = until;
      this.unless = unless;
    }

    @Override
    public synchronized void run(List<String> words) throws IOException {
      if (commands.size() >= until || words.contains(unless)) {
        throw new IOException("stopped");
      }
      commands.add(List.copyOf(words));
      Path out = Path.of(words.get(words.indexOf("--out") + 1));
      Files.createDirectories(out);
      Files.writeString(
          out.resolve(words.getFirst().equals("train") ? "model.onnx" : "result.json"), "");
    }
  }

  private Study study() throws IOException {
    return StudyFile.read(Files.writeString(folder.resolve("small.yaml"), TEXT));
  }

  private static void run(StudyRun study, StudyRun.Program program) throws IOException {
    try (LocalEngine engine = new LocalEngine(1)) {
      study.run(program, engine, Progress.NONE);
    }
  }

  private StudyRun run(Study study, String data) throws IOException {
    return new StudyRun(study, folder, Map.of("shapes", data), "1");
  }

  @Test
  void unitsAreCommandsThatOneMayType() throws IOException {
    StudyRun run = run(study(), "d");
    // 2 networks, 2 seeds; trained, profiled, perturbed, attacked.
    assertThat(run.units()).hasSize(16);
    Unit train = run.units().getFirst();
    assertThat(String.join(" ", train.command(Path.of("units"))))
        .isEqualTo(
            "train attn-1 --data shapes --epochs 2 --flip --noise 0 --seed 0 --threads 1 --quiet"
                + " --out units/"
                + train.folder()
                + " --resume");
    assertThat(String.join(" ", run.units().get(2).command(Path.of("units"))))
        .startsWith("measure units/" + train.folder() + "/model.safetensors --data shapes")
        .contains("--perturb gaussian:0.1");
    assertThat(run.units())
        .filteredOn(u -> u.kind() == Unit.Kind.TRAIN && u.network().equals("c"))
        .allSatisfy(u -> assertThat(u.arguments()).containsSequence("--epochs", "3"));
  }

  @Test
  void whatWasDoneBeforeAnInterruptionIsNotDoneAgain() throws IOException {
    Study study = study();
    Noted stopped = new Noted(5);
    assertThatThrownBy(() -> run(run(study, "d"), stopped))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("(unit [\\w.-]+: stopped; ){10}unit [\\w.-]+: stopped");
    Noted rest = new Noted(100);
    run(run(study, "d"), rest);
    assertThat(stopped.commands).hasSize(5);
    assertThat(rest.commands).hasSize(11).doesNotContainAnyElementsOf(stopped.commands);
    Noted nothing = new Noted(0);
    run(run(study, "d"), nothing);
    assertThat(nothing.commands).isEmpty();
  }

  @Test
  void whatFailsLeavesOutOnlyWhatNeedsIt() throws IOException {
    Noted failing = new Noted(100, "conv-1");
    assertThatThrownBy(() -> run(run(study(), "d"), failing))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "unit train-c-0-\\w+: stopped; unit train-c-1-\\w+: stopped; not begun, since they need what"
                + " failed: 6 units");
    assertThat(failing.commands).hasSize(8);
  }

  @Test
  void commandThatFillsTheHeapIsNamed() throws IOException {
    assertThatThrownBy(() ->
            run(
                run(study(), "d"),
                _ -> {
                  throw new OutOfMemoryError();
                }))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("unit train-a-0-\\w+: the heap of \\d+ MB is full; .*");
  }

  @Test
  void whatFailsWhenItsResultIsThereIsDone() throws IOException {
    Noted late = new Noted(100);
    StudyRun study = run(study(), "d");
    run(
        study,
        words -> {
          late.run(words);
          throw new IOException("late");
        });
    assertThat(study.units()).allMatch(study::isDone);
  }

  @Test
  void dataAreTheirContent() throws IOException {
    List<String> here = digests(study(), Map.of("shapes", "d"));
    assertThat(digests(study().withData("idx:there"), Map.of("idx:there", "d"))).isEqualTo(here);
  }

  @Test
  void resultsThatStayElsewhereAreMissed() throws IOException {
    try (LocalEngine engine = new LocalEngine(1)) {
      StudyRun study = run(study(), "d");
      Engine elsewhere = new Elsewhere(engine, study.unitsFolder());
      assertThatThrownBy(() -> study.run(new Noted(100), elsewhere, Progress.NONE))
          .hasMessageContaining("every machine that runs units must have this folder at this path");
    }
  }

  /// An engine whose files are not seen here.
  private record Elsewhere(LocalEngine engine, Path units) implements Engine {
    @Override
    public int threads() {
      return 1;
    }

    @Override
    public <S, R> List<R> run(
        S shared, List<? extends topolip.engine.Unit<S, R>> runs, Progress.Stage stage)
        throws UnitFailure {
      List<R> results = engine.run(shared, runs, stage);
      try {
        if (!runs.isEmpty()) {
          Files.move(units, units.resolveSibling("moved"));
          Files.createDirectory(units);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return results;
    }

    @Override
    public void close() {}
  }

  @Test
  void otherDataOrOptionsAreOtherUnits() throws IOException {
    List<String> before = run(study(), "d").units().stream().map(Unit::digest).toList();
    List<String> otherData = run(study(), "e").units().stream().map(Unit::digest).toList();
    assertThat(otherData).doesNotContainAnyElementsOf(before);
    Files.writeString(folder.resolve("other.yaml"), TEXT.replace("samples: 50", "samples: 60"));
    List<Unit> changed = run(StudyFile.read(folder.resolve("other.yaml")), "d").units();
    // What was trained stays.
    assertThat(changed)
        .allSatisfy(u ->
            assertThat(before.contains(u.digest()))
                .isEqualTo(u.kind() == Unit.Kind.TRAIN || u.kind() == Unit.Kind.ATTACK));
  }

  @Test
  void bytesOfAFileThatAnOptionNamesMakeOtherUnits() throws IOException {
    Study study = study();
    List<String> before = digests(study, Map.of("shapes", "d"));
    List<String> named = digests(study, Map.of("shapes", "d", "gaussian:0.1", "x"));
    for (int i = 0; i < before.size(); i++) {
      Unit.Kind kind = run(study, "d").units().get(i).kind();
      assertThat(named.get(i).equals(before.get(i))).isEqualTo(kind != Unit.Kind.PAIRED);
    }
    assertThat(digests(study, Map.of("shapes", "d", "elsewhere", "x"))).isEqualTo(before);
  }

  private List<String> digests(Study study, Map<String, String> contents) throws IOException {
    return new StudyRun(study, folder, contents, "1").units().stream().map(Unit::digest).toList();
  }

  @Test
  void sensitivityIsTheProfileWithOneOptionChanged() throws IOException {
    Files.writeString(
        folder.resolve("more.yaml"),
        TEXT.replace(
            "measure: {samples: 50}",
            "measure: {samples: 50, measures: [cka]}\nsensitivity: {samples: [20, 30], seed: [1]}"));
    List<Unit> units = run(StudyFile.read(folder.resolve("more.yaml")), "d").units();
    assertThat(units).hasSize(4 * (4 + 3));
    assertThat(units.subList(1, 5))
        .extracting(unit -> unit.kind() + " " + unit.subject())
        .containsExactly(
            "PROFILE ", "SENSITIVITY samples 20", "SENSITIVITY samples 30", "SENSITIVITY seed 1");
    assertThat(units.get(2).arguments())
        .containsSequence("--samples", "20")
        .doesNotContain("--measures");
    assertThat(units.get(4).arguments())
        .containsSequence("--samples", "50", "--seed", "1")
        .doesNotContain("--measures");
  }

  @Test
  void theTimeOfUnitsIsEstimatedFromThoseLikeThem() throws IOException {
    StudyRun run = run(study(), "d");
    assertThat(run.estimate(run.units().getFirst())).isEmpty();
    assertThatThrownBy(() -> run(run, new Noted(1))).isNotNull();
    StudyRun again = run(study(), "d");
    assertThat(again.units().stream().filter(u -> again.estimate(u).isPresent()).toList())
        .hasSize(4)
        .allMatch(u -> u.kind() == Unit.Kind.TRAIN);
  }

  @Test
  void aCommandThatLeavesNothingIsAFailure() throws IOException {
    StudyRun run = run(study(), "d");
    assertThatThrownBy(() -> run(run, _ -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("left no result");
  }

  @Test
  void filesThatAreNoStudiesAreRefusedWithTheReason() throws IOException {
    assertRefused("name: x\ndata: shapes\n", "networks must name at least one network");
    assertRefused(TEXT.replace("family: attention, ", ""), "network a needs a family");
    assertRefused(TEXT + "wrong: 1\n", "wrong");
    assertRefused(TEXT.replace("{samples: 50}", "{engine: local}"), "measure takes no engine here");
    assertRefused(TEXT.replace("name: c", "name: a"), "two networks are named a");
    assertRefused(TEXT.replace("[0, 1]", "[1, 1]"), "seeds repeat");
    assertRefused(
        TEXT.replace("architecture: attn-1", "architecture: attn-1, base: b, change: more"),
        "network a differs from b, which is no network here");
    assertRefused(
        TEXT.replace("architecture: attn-1", "architecture: attn-1, base: c"),
        "network a needs both base and change, or neither");
    assertRefused("name: [\n", "line");
    assertRefused("", "no study");
    assertThatThrownBy(() -> StudyFile.read(folder.resolve("none.yaml")))
        .hasMessageContaining("no such file");
  }

  private void assertRefused(String text, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.yaml"), text);
    assertThatThrownBy(() -> StudyFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.yaml")
        .hasMessageContaining(reason);
  }

  @Test
  void presetsAreStudies() throws IOException {
    for (String preset : StudyFile.PRESETS) {
      assertThat(StudyFile.preset(preset).name()).isEqualTo(preset);
    }
    assertThat(
            new Plan(StudyFile.preset("paper"), Map.of(), "1")
                .units().stream().filter(unit -> unit.kind() == Unit.Kind.TRAIN))
        .hasSizeGreaterThanOrEqualTo(24);
  }
}
