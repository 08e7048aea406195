package topolip.perturb.attack;

/// The Square attack (Andriushchenko et al. 2020, arXiv:1912.00049) in ℓ_∞ or ℓ₂: random changes in
/// squares that shrink, kept when they raise the margin. Needs no gradients.
///
/// @param steps of each start: questions to the model
/// @param firstShare the share of the image that the first squares cover
public record Square(Ball ball, int steps, int starts, double firstShare) implements Attack {

  public Square {
    if (ball.norm() == Norm.L_1) {
      throw new IllegalArgumentException("square is defined in linf and l2, not in l1");
    }
    Eligibility.positive("steps", steps);
    Eligibility.positive("starts", starts);
    if (!(firstShare > 0 && firstShare <= 1)) {
      throw new IllegalArgumentException("firstShare must be in (0, 1]: " + firstShare);
    }
  }

  /// One start, squares from 0.8 of the image on, which shrink at fixed steps whatever their
  /// number.
  public static Square of(Ball ball, int steps) {
    return new Square(ball, steps, 1, 0.8);
  }

  @Override
  public String name() {
    return "square";
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
  public boolean usesGradients() {
    return false;
  }

  @Override
  public String toString() {
    return "square(ball=%s, steps=%d, starts=%d, share=%s)"
        .formatted(ball, steps, starts, firstShare);
  }
}
