package topolip.study;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import topolip.engine.Engine;
import topolip.engine.Progress;
import topolip.profile.ModelProfile;
import topolip.profile.RunFiles;
import topolip.study.StudyResult.Trained;

/// Runs the units of a study, each once: what an earlier run of the same study finished is kept.
public final class StudyRun {
  private static final String UNITS = "units";

  private final Study study;
  private final Path folder;
  private final List<Unit> units;
  private final Map<Unit, Double> seconds = new HashMap<>();

  /// Runs a `topolip` command, on this machine or wherever an engine sends it.
  public interface Program extends Serializable {

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
    for (Unit unit : units) {
      unit.seconds(unitsFolder()).ifPresent(took -> seconds.put(unit, took));
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
        .map(seconds::get)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .average();
  }

  /// Runs what is not done yet: first what needs nothing, such as trainings, then the rest. When a
  /// unit fails, only those that need it are left out.
  ///
  /// @throws IOException if units fail; the others are done
  public void run(Program program, Engine engine, Progress progress) throws IOException {
    Files.createDirectories(unitsFolder());
    UnitRun.Place place = new UnitRun.Place(program, unitsFolder().toString());
    Map<Unit, String> failures = new LinkedHashMap<>();
    try (Progress.Stage stage = progress.begin("study " + study.name(), units.size())) {
      stage.step(units.stream().filter(this::isDone).count());
      for (int phase = 0; phase < 2; phase++) { // what others need, then those
        List<UnitRun> runs = ready(failures.keySet()).stream().map(UnitRun::new).toList();
        List<UnitRun.Outcome> outcomes = engine.run(place, runs, stage);
        look();
        for (int i = 0; i < runs.size(); i++) {
          addFailure(failures, runs.get(i).unit(), outcomes.get(i).failure());
        }
      }
    }
    if (!failures.isEmpty()) {
      throw new IOException(sentence(failures));
    }
  }

  /// Units that can run now, but for those that failed.
  private List<Unit> ready(Set<Unit> failed) {
    return units.stream()
        .filter(unit -> !isDone(unit) && !failed.contains(unit))
        .filter(unit -> unit.needs().map(this::isDone).orElse(true))
        .toList();
  }

  /// Lists the folder: a network's file system may remember for a while what was not there.
  private void look() throws IOException {
    try (Stream<Path> all = Files.list(unitsFolder())) {
      all.forEach(_ -> {});
    }
  }

  private void addFailure(Map<Unit, String> failures, Unit unit, @Nullable String reason) {
    if (reason != null) {
      failures.put(unit, reason);
    } else if (!isDone(unit)) {
      failures.put(
          unit,
          "its result is not in %s: every machine that runs units must have this folder at this path"
              .formatted(unitsFolder()));
    }
  }

  private String sentence(Map<Unit, String> failures) {
    String reasons =
        failures.entrySet().stream()
            .map(failure -> "unit %s: %s".formatted(failure.getKey().folder(), failure.getValue()))
            .collect(Collectors.joining("; "));
    long left =
        units.stream()
            .filter(unit -> unit.needs().map(failures::containsKey).orElse(false))
            .count();
    return left == 0
        ? reasons
        : "%s; not begun, since they need what failed: %d units".formatted(reasons, left);
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
