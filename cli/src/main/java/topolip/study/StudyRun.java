package topolip.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.profile.ModelProfile;
import topolip.profile.RunFiles;
import topolip.study.StudyResult.Trained;

/// Runs the units of a study, each once: what an earlier run of the same study finished is kept.
public final class StudyRun {
  private static final String UNITS = "units";
  private static final String SECONDS = "seconds.json";
  private static final JsonMapper JSON = new JsonMapper();

  private final Study study;
  private final Path folder;
  private final List<Unit> units;
  private final Map<String, Double> seconds;

  /// Runs a `topolip` command.
  public interface Program {

    /// @throws IOException if it fails; the message is the command's own
    void run(List<String> words) throws IOException;
  }

  /// @param folder where units and result go; must exist
  /// @param contents digests of the data and of the files that networks and options name, by the
  ///   words that name them
  /// @param version of the program
  public StudyRun(Study study, Path folder, Map<String, String> contents, String version)
      throws IOException {
    this.study = study;
    this.folder = folder;
    this.units = new Plan(study, contents, version).units();
    this.seconds = readSeconds();
  }

  private Map<String, Double> readSeconds() throws IOException {
    Path file = folder.resolve(SECONDS);
    try {
      return Files.isRegularFile(file)
          ? JSON.readValue(
              Files.readString(file), new TypeReference<LinkedHashMap<String, Double>>() {})
          : new LinkedHashMap<>();
    } catch (JacksonException e) {
      throw new IOException(file + ": damaged; delete it: " + e.getOriginalMessage(), e);
    }
  }

  /// The units, in the order in which they run.
  public List<Unit> units() {
    return List.copyOf(units);
  }

  /// The folder of the units.
  public Path unitsFolder() {
    return folder.resolve(UNITS);
  }

  public boolean isDone(Unit unit) {
    return unit.isDone(unitsFolder());
  }

  /// How long a unit is going to take: as long as units of its kind did on average, those of the
  /// same network if there are any. Empty if none was run yet.
  public OptionalDouble estimate(Unit unit) {
    OptionalDouble same = mean(unit, true);
    return same.isPresent() ? same : mean(unit, false);
  }

  private OptionalDouble mean(Unit unit, boolean sameNetwork) {
    return units.stream()
        .filter(other -> other.kind() == unit.kind())
        .filter(other -> !sameNetwork || other.network().equals(unit.network()))
        .filter(other -> seconds.containsKey(other.folder()))
        .mapToDouble(other -> seconds.getOrDefault(other.folder(), 0.0))
        .average();
  }

  /// Runs what is not done yet: the units of a network and seed one after the other, networks side
  /// by side. When one fails, no further unit begins.
  ///
  /// @param lanes how many networks at a time
  /// @throws IOException if a unit fails; those done before it stay
  public void run(Program program, int lanes, Progress progress) throws IOException {
    Files.createDirectories(unitsFolder());
    try (LocalEngine engine = new LocalEngine(lanes);
        Progress.Stage stage = progress.begin("study " + study.name(), units.size())) {
      List<OneNetwork> networks = byNetwork().stream().map(OneNetwork::new).toList();
      engine.run(
          new Shared(this, program, stage),
          networks,
          Progress.NONE.begin("networks", networks.size()));
    }
  }

  /// What all networks need.
  private record Shared(StudyRun of, Program program, Progress.Stage stage) {}

  /// The units of one network and seed.
  private record OneNetwork(List<Unit> units) implements topolip.engine.Unit<Shared, Boolean> {
    @Override
    public String name() {
      return units.getFirst().network() + ", seed " + units.getFirst().seed();
    }

    @Override
    public Boolean run(Shared shared) throws IOException {
      for (Unit unit : units) {
        shared.of.runOnce(unit, shared.program);
        shared.stage.step(1);
      }
      return true;
    }
  }

  private void runOnce(Unit unit, Program program) throws IOException {
    if (isDone(unit)) {
      return;
    }
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted");
    }
    long began = System.nanoTime();
    try {
      program.run(unit.command(unitsFolder()));
    } catch (IOException e) {
      throw new IOException("unit %s: %s".formatted(unit.folder(), e.getMessage()), e);
    }
    if (!isDone(unit)) {
      throw new IOException("unit %s left no result".formatted(unit.folder()));
    }
    synchronized (seconds) {
      seconds.put(unit.folder(), (System.nanoTime() - began) / 1e9);
      StudyFiles.replace(folder.resolve(SECONDS), JSON.writeValueAsString(seconds));
    }
  }

  private Collection<List<Unit>> byNetwork() {
    Map<String, List<Unit>> networks = new LinkedHashMap<>();
    for (Unit unit : units) {
      networks
          .computeIfAbsent(unit.network() + " " + unit.seed(), _ -> new ArrayList<>())
          .add(unit);
    }
    return networks.values();
  }

  /// What the units found, network by network.
  public List<Trained> networks() throws IOException {
    List<Trained> networks = new ArrayList<>();
    for (List<Unit> of : byNetwork()) {
      Study.Subject network =
          study.networks().stream()
              .filter(n -> n.name().equals(of.getFirst().network()))
              .findFirst()
              .orElseThrow();
      networks.add(Assembly.network(network, of.getFirst().seed(), of, unitsFolder()));
    }
    return networks;
  }

  /// The adjacent profiles of networks, trained and untrained.
  public List<Profiled> profiles() throws IOException {
    List<Profiled> profiles = new ArrayList<>();
    for (Unit unit : units) {
      if (unit.kind() == Unit.Kind.PROFILE || unit.kind() == Unit.Kind.UNTRAINED) {
        ModelProfile profile =
            RunFiles.read(unitsFolder().resolve(unit.folder())).models().getFirst();
        profiles.add(
            new Profiled(unit.network(), unit.seed(), unit.kind() == Unit.Kind.PROFILE, profile));
      }
    }
    return profiles;
  }

  /// The adjacent profile of a network of one seed.
  public record Profiled(String network, long seed, boolean trained, ModelProfile profile) {}
}
