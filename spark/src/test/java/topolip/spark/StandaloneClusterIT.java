package topolip.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import topolip.cli.Cluster;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.engine.Unit;
import topolip.onnx.OnnxModel;
import topolip.profile.Measurement;

/// A standalone cluster: a master and two workers of one core, each a process of its own, and the
/// program as it is packaged.
class StandaloneClusterIT {
  private static final Path APP = Path.of(System.getProperty("topolip.app", ""));
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.driver.host",
          "127.0.0.1",
          "spark.executor.memory",
          "512m",
          "spark.cores.max",
          "2",
          // no job before both executors are there
          "spark.scheduler.minRegisteredResourcesRatio",
          "1",
          "spark.scheduler.maxRegisteredResourcesWaitingTime",
          "300s");

  private static final String STUDY =
      """
      name: cut-down
      data: shapes
      seeds: [0]
      train: {epochs: 8, batch: 64, learning-rate: 0.004}
      measure: {samples: 40, subsamples: 4, accuracy-samples: 100}
      perturbations: ["gaussian:0.1"]
      attacks: ["fgsm:2/255"]
      attack: {samples: 20}
      networks:
        - {name: attn-1, family: attention, architecture: "attn-1?width=16&patch=8"}
        - {name: conv-1, family: convolution, architecture: "conv-1?width=16&patch=8"}
      """;

  @TempDir static Path folder;
  private static Path home = Path.of("");
  private static String master = "";
  private static List<SparkProcess> workers = List.of();

  @BeforeAll
  static void start() throws Exception {
    home = SparkProcess.home(folder.resolve("spark"), APP.resolve("lib"));
    SparkProcess process = SparkProcess.master(home);
    OPEN.add(process);
    master = process.said();
    for (String worker : List.of("one", "two")) {
      OPEN.add(SparkProcess.worker(home, folder.resolve(worker), master));
    }
    workers = OPEN.subList(1, 3).stream().map(SparkProcess.class::cast).toList();
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable process : OPEN.reversed()) {
      process.close();
    }
  }

  /// Kills the executor of the first worker when ten units are done.
  private static final class Killer implements Progress, Progress.Stage {
    private final AtomicInteger done = new AtomicInteger();
    private final List<ProcessHandle> killed = new ArrayList<>();

    @Override
    public Stage begin(String what, long units) {
      return this;
    }

    @Override
    public void step(long units) {
      if (done.addAndGet((int) units) == 10) {
        killed.addAll(workers.getFirst().executors());
        killed.forEach(ProcessHandle::destroyForcibly);
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void executorKilledOnTheWayChangesNothing() throws IOException {
    Measurement expected;
    try (LocalEngine engine = new LocalEngine(1)) {
      expected = Profiles.measure(engine, Progress.NONE);
    }
    Killer killer = new Killer();
    try (SparkEngine engine = SparkEngine.open(master, Cluster.Work.PROFILES, SETTINGS, 1)) {
      assertThat(Profiles.measure(engine, killer)).isEqualTo(expected);
    }
    assertThat(killer.killed).hasSize(1).noneMatch(ProcessHandle::isAlive);
    assertThat(killer.done).as("each unit is counted once").hasValue(Profiles.UNITS);
  }

  private record Deadly(String name) implements Unit<String, String> {
    @Override
    public String run(String shared) {
      Runtime.getRuntime().halt(7);
      return shared;
    }
  }

  @Test
  void unitThatEndsItsExecutorIsNamed() throws IOException {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("spark.task.maxFailures", "2");
    settings.put("spark.executor.extraClassPath", classes());
    try (SparkEngine engine = SparkEngine.open(master, Cluster.Work.PROFILES, settings, 1)) {
      assertThatThrownBy(
              () -> engine.run("", List.of(new Deadly("the bad one")), Progress.NONE.begin("", 1)))
          .hasMessageStartingWith("the bad one: Job aborted due to stage failure: Task 0")
          .hasMessageContaining("failed 2 times")
          .hasMessageContaining("Command exited with code 7");
    }
  }

  /// Where the class of the unit is, and the class that it needs.
  private static String classes() {
    return Stream.of(StandaloneClusterIT.class, Unit.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void filesAreThoseOfOneMachine() throws Exception {
    List<String> measure = new ArrayList<>(List.of("measure", network().toString()));
    measure.addAll(List.of("--data", "shapes", "--samples", "60", "--subsamples", "3"));
    measure.addAll(List.of("--accuracy-samples", "20"));
    List<String> conf = settings();

    Path local = run(program(), measure, List.of("--out", "local"));
    List<String> engine = new ArrayList<>(conf);
    engine.addAll(List.of("--engine", master, "--out", "engine"));
    assertSameFiles(run(program(), measure, engine), local);
    for (String silent : List.of("local.err", "engine.err")) {
      assertThat(folder.resolve(silent)).isEmptyFile();
    }

    List<String> submit =
        SparkProcess.java(
            home,
            annotations() + ":",
            List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
    submit.addAll(conf);
    submit.add(APP.resolve("topolip-spark.jar").toString());
    assertSameFiles(run(submit, measure, List.of("--out", "submitted")), local);
  }

  private static List<String> settings() {
    List<String> words = new ArrayList<>();
    SETTINGS.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    return words;
  }

  private static Path network() throws IOException {
    Path file = folder.resolve("attention.onnx");
    try (InputStream in = OnnxModel.class.getResourceAsStream("shapes-attention.onnx")) {
      Files.copy(Objects.requireNonNull(in), file);
    }
    return file;
  }

  /// What `--driver-class-path` of spark-submit names.
  private static Path annotations() throws IOException {
    try (var jars = Files.newDirectoryStream(APP.resolve("lib"), "jackson-annotations-*.jar")) {
      return jars.iterator().next();
    }
  }

  private static List<String> program() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--sun-misc-unsafe-memory-access=allow",
        "-jar",
        APP.resolve("topolip-spark.jar").toString());
  }

  @Test
  void studyWhoseExecutorIsKilledIsThatOfOneMachine() throws Exception {
    Path file = Files.writeString(folder.resolve("study.yaml"), STUDY);
    List<String> study = List.of("study", file.toString(), "--threads", "1");
    Path local = run(program(), study, List.of("--out", "study"));
    List<String> engine = new ArrayList<>(List.of("--engine", master));
    engine.addAll(settings());
    engine.addAll(List.of("--out", "studies"));
    Path units = folder.resolve("studies").resolve("units");
    List<ProcessHandle> killed = new ArrayList<>();
    Path many =
        run(
            program(),
            study,
            engine,
            () -> {
              if (killed.isEmpty() && bothTrain(units)) {
                killed.addAll(workers.getFirst().executors());
                killed.forEach(ProcessHandle::destroyForcibly);
              }
              return true;
            });
    assertThat(killed).hasSize(1).noneMatch(ProcessHandle::isAlive);
    assertThat(Files.readAllLines(folder.resolve("studies.err")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("spark: Lost executor"));
    for (String name : List.of("networks.csv", "associations.csv")) {
      assertThat(many.resolve(name)).hasSameTextualContentAs(local.resolve(name));
    }
    assertThat(numbers(many.resolve("study.json"))).isEqualTo(numbers(local.resolve("study.json")));
  }

  /// A training has begun, and none has ended: each executor is in the middle of one.
  private static boolean bothTrain(Path units) throws IOException {
    if (!Files.isDirectory(units)) {
      return false;
    }
    try (Stream<Path> all = Files.list(units)) {
      List<Path> trainings = all.toList();
      return trainings.stream().anyMatch(u -> Files.exists(u.resolve("checkpoint.safetensors")))
          && trainings.stream().noneMatch(u -> Files.exists(u.resolve("model.onnx")));
    }
  }

  /// Runs a program to its end: the folder that it wrote.
  private static Path run(List<String> program, List<String> arguments, List<String> more)
      throws Exception {
    return run(program, arguments, more, () -> true);
  }

  /// @param meanwhile is done again and again until the program ends
  private static Path run(
      List<String> program, List<String> arguments, List<String> more, Callable<Boolean> meanwhile)
      throws Exception {
    List<String> command = new ArrayList<>(program);
    command.addAll(arguments);
    command.addAll(more);
    Path out = folder.resolve(more.getLast() + ".out");
    Path err = folder.resolve(more.getLast() + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    Process process = builder.start();
    try {
      await(process, meanwhile);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    assertThat(out).content().contains("TopoLip", "report: ");
    return folder.resolve(more.getLast());
  }

  private static void await(Process process, Callable<Boolean> meanwhile) throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(10));
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      assertThat(Instant.now()).isBefore(end);
      meanwhile.call();
    }
  }

  private static void assertSameFiles(Path actual, Path expected) throws IOException {
    for (String file : List.of("layers.csv", "diagrams.csv")) {
      assertThat(actual.resolve(file)).hasSameTextualContentAs(expected.resolve(file));
    }
    assertThat(numbers(actual.resolve("result.json")))
        .isEqualTo(numbers(expected.resolve("result.json")));
  }

  private static ObjectNode numbers(Path file) {
    ObjectNode result = (ObjectNode) new JsonMapper().readTree(file.toFile());
    assertThat(result.remove("provenance")).isNotNull();
    return result;
  }
}
