package topolip.perturb.attack;

/// DeepFool (Moosavi-Dezfooli et al. 2016, arXiv:1511.04599): steps onto the nearest linearised
/// decision boundary until the class changes.
///
/// The distance is an estimate of the least one, from above; exact for linear models whose boundary
/// is inside [0, 1], but for the overshoot. Steps after the first go 10⁻⁴ beyond the boundary.
///
/// @param candidates how many other classes are considered, those with the largest logits of the
///   clean image; each costs a gradient a step
/// @param overshoot by what share the sum of the steps is lengthened
public record DeepFool(Norm norm, int steps, int candidates, double overshoot) implements Attack {

  public DeepFool {
    Eligibility.positive("steps", steps);
    Eligibility.positive("candidates", candidates);
    if (!(overshoot >= 0) || overshoot == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("overshoot must be at least 0 and finite: " + overshoot);
    }
  }

  /// 50 steps, 9 other classes, overshoot 0.02.
  public static DeepFool of(Norm norm) {
    return new DeepFool(norm, 50, 9, 0.02);
  }

  @Override
  public String name() {
    return "deepfool";
  }

  @Override
  public double bound() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public Keep keep() {
    return Keep.NEAREST;
  }

  @Override
  public String toString() {
    return "deepfool(norm=%s, steps=%d, candidates=%d, overshoot=%s)"
        .formatted(norm, steps, candidates, overshoot);
  }
}
