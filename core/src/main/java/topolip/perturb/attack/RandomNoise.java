package topolip.perturb.attack;

/// Random images of the ball, drawn uniformly: the weakest attack, and a check of the others.
///
/// @param draws how many
public record RandomNoise(Ball ball, int draws) implements Attack {

  public RandomNoise {
    Eligibility.positive("draws", draws);
  }

  @Override
  public String name() {
    return "noise";
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
    return "noise(ball=%s, draws=%d)".formatted(ball, draws);
  }
}
