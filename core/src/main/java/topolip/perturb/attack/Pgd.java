package topolip.perturb.attack;

import java.util.Locale;

/// Projected gradient descent (Madry et al. 2018, arXiv:1706.06083): steps of steepest ascent of a
/// loss, each followed by projection into the ball.
///
/// @param steps gradient steps of each start
/// @param step the length of a step in the norm, in units of the pixel range
/// @param starts how many times it begins: at the clean image, or at random points of the ball
/// @param momentum μ of Dong et al. 2018 (arXiv:1710.06081): gradients, each divided by its ℓ₁
///   norm, are summed with weight μ on the past; 0 for none
public record Pgd(
    Ball ball,
    int steps,
    double step,
    Start start,
    int starts,
    double momentum,
    Objective objective,
    Aim aim,
    Keep keep)
    implements Attack {

  /// Where it begins.
  public enum Start {
    /// The clean image.
    CLEAN,
    /// A uniform draw from the ball.
    RANDOM
  }

  public Pgd {
    Eligibility.positive("steps", steps);
    Eligibility.positive("starts", starts);
    if (!(step >= 0) || step == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("the step must be at least 0 and finite: " + step);
    }
    if (!(momentum >= 0) || momentum == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("momentum must be at least 0 and finite: " + momentum);
    }
    if (start == Start.CLEAN && starts > 1) {
      throw new IllegalArgumentException(
          "all of %d starts would be at the clean image; use Start.RANDOM".formatted(starts));
    }
  }

  /// With cross-entropy and from a random start, steps of eps / 4, ending when fooled.
  public static Pgd of(Ball ball, int steps) {
    return new Pgd(
        ball,
        steps,
        ball.eps() / 4,
        Start.RANDOM,
        1,
        0,
        Objective.CROSS_ENTROPY,
        Aim.UNTARGETED,
        Keep.FIRST);
  }

  /// The fast gradient sign method (Goodfellow et al. 2015, arXiv:1412.6572), for any norm: one
  /// step of length eps from the clean image.
  public static Pgd fgsm(Ball ball) {
    return new Pgd(
        ball,
        1,
        ball.eps(),
        Start.CLEAN,
        1,
        0,
        Objective.CROSS_ENTROPY,
        Aim.UNTARGETED,
        Keep.FIRST);
  }

  /// The same, but with another image returned.
  Pgd keeping(Keep other) {
    return new Pgd(ball, steps, step, start, starts, momentum, objective, aim, other);
  }

  @Override
  public String name() {
    return steps == 1 && start == Start.CLEAN && step == ball.eps() ? "fgsm" : "pgd-" + steps;
  }

  @Override
  public Norm norm() {
    return ball.norm();
  }

  @Override
  public double bound() {
    return ball.eps();
  }

  @Override
  public int classesNeeded() {
    return objective.classesNeeded(aim != Aim.UNTARGETED);
  }

  @Override
  public String toString() {
    return "pgd(ball=%s, steps=%d, step=%s, start=%s, starts=%d, momentum=%s, loss=%s, aim=%s, keep=%s)"
        .formatted(
            ball,
            steps,
            step,
            start.name().toLowerCase(Locale.ROOT),
            starts,
            momentum,
            objective,
            aim,
            keep);
  }
}
