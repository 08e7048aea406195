package topolip.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topolip.engine.Progress;
import topolip.model.Accuracy;
import topolip.model.Model;
import topolip.perturb.attack.AccuracyCurve;
import topolip.perturb.attack.AttackChecks;
import topolip.perturb.attack.AttackParser;
import topolip.perturb.attack.AttackWarning;
import topolip.perturb.attack.AttackedPoint;
import topolip.perturb.attack.LeastDistances;
import topolip.perturb.attack.Norm;
import topolip.perturb.attack.Points;
import topolip.perturb.attack.Recheck;
import topolip.perturb.attack.Suite;
import topolip.perturb.attack.SuiteCheckpoint;
import topolip.perturb.attack.SuiteResult;
import topolip.perturb.attack.WorstCase;

/// What each of the attacks of a run found, on the network itself or by transfer from another one.
final class AttackOutcomes {
  private static final String WORST_CASE = "worst case";

  private final Model model;
  private final @Nullable Model surrogate;
  private final Points points;
  private final List<Entry> entries = new ArrayList<>();

  /// @param least whether the attack looked for the least distance
  /// @param judged the points, as the network judges them
  private record Entry(
      String argument, boolean least, List<SuiteResult.Stage> stages, SuiteResult judged) {}

  AttackOutcomes(Model model, @Nullable Model surrogate, Points points) {
    this.model = model;
    this.surrogate = surrogate;
    this.points = points;
  }

  /// Runs one of the attacks.
  void run(String argument, Norm norm, long seed, SuiteCheckpoint kept, Progress progress)
      throws IOException {
    Model attacked = surrogate == null ? model : surrogate;
    Suite suite = AttackParser.parse(argument, norm, attacked.classes());
    boolean least = suite.attacks().getFirst().bound() == Double.POSITIVE_INFINITY;
    if (surrogate == null) {
      SuiteResult result = suite.run(model, points, seed, kept, progress);
      entries.add(new Entry(argument, least, result.stages(), result));
      return;
    }
    SuiteResult found = suite.transferable().run(surrogate, points, seed, kept, progress);
    List<AttackedPoint> judged = Recheck.transferred(model, points, found.points());
    // The stages are of the other network: they say nothing about this one's gradients.
    SuiteResult result = new SuiteResult(found.suite(), List.of(), judged);
    entries.add(new Entry(argument, least, found.stages(), result));
  }

  /// The network that was attacked instead; null if the model itself was.
  @Nullable String transferredFrom() {
    return surrogate == null ? null : surrogate.name();
  }

  Accuracy clean() {
    return entries.getFirst().judged().clean();
  }

  List<AttackResult.Outcome> outcomes() {
    return entries.stream()
        .map(entry -> {
          SuiteResult judged = entry.judged();
          return new AttackResult.Outcome(
              entry.argument(),
              entry.least() ? null : judged.robust(),
              judged.points().stream().mapToLong(AttackedPoint::queries).sum(),
              judged.points().stream().mapToLong(AttackedPoint::gradients).sum(),
              entry.stages(),
              entry.least() ? LeastDistances.of(judged.points()) : null);
        })
        .toList();
  }

  /// The accuracy where a point counts only if no attack within a radius fooled it; null if there
  /// are none.
  @Nullable Accuracy worstCase() {
    boolean within = entries.stream().anyMatch(entry -> !entry.least());
    return within ? new SuiteResult(WORST_CASE, List.of(), worst()).robust() : null;
  }

  /// The worst case of each point, over the attacks within a radius if there are some.
  List<AttackedPoint> worst() {
    List<Entry> within = entries.stream().filter(entry -> !entry.least()).toList();
    List<Entry> of = within.isEmpty() ? entries : within;
    return WorstCase.over(of.stream().map(entry -> entry.judged().points()).toList());
  }

  /// The points by attack; the worst case comes last.
  Map<String, List<AttackedPoint>> byAttack() {
    Map<String, List<AttackedPoint>> all = new LinkedHashMap<>();
    entries.forEach(entry -> all.put(entry.argument(), entry.judged().points()));
    all.put(WORST_CASE, worst());
    return all;
  }

  /// The accuracy at every radius, of attacks that looked for the least distance.
  Map<String, AccuracyCurve> curves(Norm norm) {
    Map<String, AccuracyCurve> curves = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.least()) {
        curves.put(entry.argument(), AccuracyCurve.steps(norm, entry.judged().points()));
      }
    }
    return curves;
  }

  List<AttackWarning> warnings() {
    return entries.stream()
        .flatMap(entry -> AttackChecks.after(model, entry.judged()).stream())
        .toList();
  }
}
