package topolip.perturb.attack;

/// The ℓ₂ attack of Carlini and Wagner 2017 (arXiv:1608.04644): minimises `‖x' − x‖² + c · max(z_y
/// − max_{j≠y} zⱼ, −κ)` by Adam in the variable w of `x' = (tanh w + 1) / 2`, and searches c by
/// bisection.
///
/// The distance is an estimate of the least one, from above.
///
/// @param searches how many constants c are tried
/// @param steps of Adam for each
/// @param rate its learning rate
/// @param firstConstant the first c
/// @param confidence κ: the margin that the wrong class has to have
public record CarliniWagner(
    int searches, int steps, double rate, double firstConstant, double confidence)
    implements Attack {

  public CarliniWagner {
    Eligibility.positive("searches", searches);
    Eligibility.positive("steps", steps);
    Eligibility.positive("rate", rate);
    Eligibility.positive("firstConstant", firstConstant);
    if (!(confidence >= 0) || confidence == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("confidence must be at least 0 and finite: " + confidence);
    }
  }

  /// 9 constants from 0.01 on, 200 steps of rate 0.01, no confidence.
  public static CarliniWagner of() {
    return new CarliniWagner(9, 200, 0.01, 0.01, 0);
  }

  @Override
  public String name() {
    return "cw";
  }

  @Override
  public Norm norm() {
    return Norm.L_2;
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
    return "cw(norm=l2, searches=%d, steps=%d, rate=%s, constant=%s, confidence=%s)"
        .formatted(searches, steps, rate, firstConstant, confidence);
  }
}
