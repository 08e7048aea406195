package topolip.perturb.attack;

/// Auto-PGD (Croce and Hein 2020, arXiv:2003.01690): projected gradient ascent with momentum whose
/// step starts at 2 eps and is halved when the loss stops rising; in ℓ₁ the version of Croce and
/// Hein 2021 (arXiv:2103.01208), whose steps are as sparse as the best perturbation so far.
///
/// @param steps of each start; checkpoints scale with it
/// @param starts random points on the sphere of radius eps, clipped to [0, 1]
public record Apgd(Ball ball, Objective objective, int steps, int starts) implements Attack {

  public Apgd {
    Eligibility.positive("steps", steps);
    Eligibility.positive("starts", starts);
  }

  @Override
  public String name() {
    return objective == Objective.CROSS_ENTROPY ? "apgd-ce" : "apgd-" + objective;
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
    return objective.classesNeeded(false);
  }

  @Override
  public String toString() {
    return "apgd(ball=%s, steps=%d, starts=%d, loss=%s)".formatted(ball, steps, starts, objective);
  }
}
