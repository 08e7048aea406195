package topolip.perturb.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import topolip.engine.Progress;
import topolip.model.Model;

/// Attacks in sequence, each on the points that are still robust: the worst case of all of them.
///
/// @param name for tables
/// @param attacks in their order; all have the same norm and bound
public record Suite(String name, List<Attack> attacks) {
  /// How many points go through all attacks before the next ones begin.
  static final int CHUNK = 256;

  private static final int MOST_TARGETS = 9;
  private static final int PASSES = 20;

  public Suite {
    attacks = List.copyOf(attacks);
    if (attacks.isEmpty()) {
      throw new IllegalArgumentException("a suite needs an attack");
    }
    Attack first = attacks.getFirst();
    for (Attack attack : attacks) {
      if (attack.norm() != first.norm() || attack.bound() != first.bound()) {
        throw new IllegalArgumentException(
            "the attacks of a suite need one ball: %s:%s and %s:%s"
                .formatted(first.norm(), first.bound(), attack.norm(), attack.bound()));
      }
    }
  }

  /// AutoAttack, version *standard*, for ℓ_∞ and ℓ₂ (Croce and Hein 2020, arXiv:2003.01690): APGD
  /// on cross-entropy, targeted APGD on DLR, targeted FAB, each of 100 steps and the last two
  /// towards 9 classes, then 5,000 steps of Square.
  ///
  /// Towards fewer classes where the model has fewer.
  ///
  /// @throws IllegalArgumentException in ℓ₁, or with fewer than 4 classes, where the sequence is
  ///   not defined
  public static Suite standard(Ball ball, int classes) {
    if (ball.norm() == Norm.L_1) {
      throw new IllegalArgumentException("aa-standard is defined here for linf and l2, not for l1");
    }
    if (classes < Objective.DLR.classesNeeded(true)) {
      throw new IllegalArgumentException(
          "aa-standard needs %d classes, not %d; use aa-lite"
              .formatted(Objective.DLR.classesNeeded(true), classes));
    }
    int targets = Math.min(MOST_TARGETS, classes - 1);
    return new Suite(
        "aa-standard",
        List.of(
            new Apgd(ball, Objective.CROSS_ENTROPY, 100, 1),
            new TargetedApgd(ball, Objective.DLR, 100, 1, targets),
            new Fab(ball.norm(), ball.eps(), 100, 1, targets),
            Square.of(ball, 5000)));
  }

  /// AutoAttack, version *rand*, for models with randomness of their own, in ℓ_∞ and ℓ₂: APGD on
  /// cross-entropy and on DLR, each of 100 steps of 20 passes.
  ///
  /// @throws IllegalArgumentException in ℓ₁, or with fewer than 3 classes
  public static Suite randomised(Ball ball, int classes) {
    if (ball.norm() == Norm.L_1) {
      throw new IllegalArgumentException("aa-rand is defined here for linf and l2, not for l1");
    }
    if (classes < Objective.DLR.classesNeeded(false)) {
      throw new IllegalArgumentException(
          "aa-rand needs %d classes, not %d"
              .formatted(Objective.DLR.classesNeeded(false), classes));
    }
    return new Suite(
        "aa-rand",
        List.of(
            new Apgd(ball, Objective.CROSS_ENTROPY, 100, 1, PASSES),
            new Apgd(ball, Objective.DLR, 100, 1, PASSES)));
  }

  /// A reduced sequence, about a fortieth of the work and weaker: APGD on cross-entropy, targeted
  /// APGD towards 3 classes, each of 30 steps, and, except in ℓ₁, 200 steps of Square. With fewer
  /// than 4 classes the margin takes the place of DLR.
  public static Suite lite(Ball ball, int classes) {
    Objective targeted =
        classes < Objective.DLR.classesNeeded(true) ? Objective.MARGIN : Objective.DLR;
    List<Attack> attacks = new ArrayList<>();
    attacks.add(new Apgd(ball, Objective.CROSS_ENTROPY, 30, 1));
    attacks.add(new TargetedApgd(ball, targeted, 30, 1, Math.min(3, classes - 1)));
    if (ball.norm() != Norm.L_1) {
      attacks.add(Square.of(ball, 200));
    }
    return new Suite("aa-lite", attacks);
  }

  /// The same attacks, made to transfer to another model: PGD does all its steps and keeps the
  /// image with the largest margin, not the first one. Other attacks stay as they are.
  public Suite transferable() {
    return new Suite(
        name,
        attacks.stream()
            .map(attack -> attack instanceof Pgd pgd ? pgd.keeping(Keep.STRONGEST) : attack)
            .toList());
  }

  /// Runs the attacks. Points that the model classifies wrongly are not attacked.
  ///
  /// @param checkpoint where results are kept, so that a run that was ended continues
  /// @throws IllegalArgumentException if an attack cannot be run on the model and these points
  /// @throws CancellationException if the calling thread was interrupted
  /// @throws IOException if the checkpoint cannot be read or written, or is of another run
  public SuiteResult run(
      Model model, Points points, long seed, SuiteCheckpoint checkpoint, Progress progress)
      throws IOException {
    attacks.forEach(attack -> Eligibility.require(attack, model, points));
    List<AttackedPoint> worst = new ArrayList<>();
    int[] attacked = new int[attacks.size()];
    int[] fooled = new int[attacks.size()];
    for (int from = 0; from < points.count(); from += CHUNK) {
      int[] places = IntStream.range(from, Math.min(from + CHUNK, points.count())).toArray();
      Points chunk = points.subset(places);
      AttackedPoint[] results = new AttackedPoint[chunk.count()];
      for (int a = 0; a < attacks.size(); a++) {
        int[] robust = robust(results);
        SuiteCheckpoint.Part part =
            new SuiteCheckpoint.Part(from / CHUNK, a, attacks.get(a), model.sha256(), seed);
        List<AttackedPoint> found =
            checkpoint.of(
                part, chunk.subset(robust), left -> part.attack().run(model, left, seed, progress));
        for (int i = 0; i < robust.length; i++) {
          AttackedPoint earlier = results[robust[i]];
          AttackedPoint later = found.get(i);
          results[robust[i]] = earlier == null ? later : later.after(earlier);
          attacked[a] += later.outcome() == AttackedPoint.Outcome.WRONG ? 0 : 1;
          fooled[a] += later.outcome() == AttackedPoint.Outcome.FOOLED ? 1 : 0;
        }
      }
      worst.addAll(List.of(results));
    }
    List<SuiteResult.Stage> stages = new ArrayList<>();
    for (int a = 0; a < attacks.size(); a++) {
      Attack attack = attacks.get(a);
      stages.add(new SuiteResult.Stage(attack.name(), attack.toString(), attacked[a], fooled[a]));
    }
    return new SuiteResult(name, stages, worst);
  }

  /// The places of points that are robust so far; at first all.
  private static int[] robust(AttackedPoint[] results) {
    return IntStream.range(0, results.length)
        .filter(p -> results[p] == null || results[p].robust())
        .toArray();
  }

  @Override
  public String toString() {
    return attacks.stream()
        .map(Attack::toString)
        .collect(Collectors.joining("; ", name + ": ", ""));
  }
}
