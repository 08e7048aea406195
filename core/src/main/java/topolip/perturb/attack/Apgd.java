package topolip.perturb.attack;

/// Auto-PGD (Croce and Hein 2020, arXiv:2003.01690): projected gradient ascent with momentum whose
/// step starts at 2 eps and is halved when the loss stops rising; in ℓ₁ the version of Croce and
/// Hein 2021 (arXiv:2103.01208), whose steps are as sparse as the best perturbation so far.
///
/// With several passes the gradient is their mean, an estimate of its expectation over a model's
/// own randomness (EoT: Athalye et al. 2018, arXiv:1707.07397). As in the published program, the
/// loss and the class at a point are those of the last pass; all steps are done; and the last image
/// of another class counts if the model, asked once more, repeats that it is one.
///
/// @param steps of each start; checkpoints scale with it
/// @param starts random points on the sphere of radius eps, clipped to [0, 1]
/// @param passes of the model at each point; 1 for models without randomness
public record Apgd(Ball ball, Objective objective, int steps, int starts, int passes)
    implements Attack {

  public Apgd {
    Eligibility.positive("steps", steps);
    Eligibility.positive("starts", starts);
    Eligibility.positive("passes", passes);
    if (passes > 1 && ball.norm() == Norm.L_1) {
      throw new IllegalArgumentException("apgd in l1 takes one pass at each point, not " + passes);
    }
  }

  /// For models without randomness.
  public Apgd(Ball ball, Objective objective, int steps, int starts) {
    this(ball, objective, steps, starts, 1);
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
    return "apgd(ball=%s, steps=%d, starts=%d, loss=%s, passes=%d)"
        .formatted(ball, steps, starts, objective, passes);
  }
}
