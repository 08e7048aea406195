package topolip.perturb.attack;

/// [Apgd] towards several classes in turn: those with the largest logits of the clean image, the
/// label left out. Any wrong class counts.
///
/// @param steps of each start
/// @param starts of each target
/// @param targets how many; never more than there are other classes
public record TargetedApgd(Ball ball, Objective objective, int steps, int starts, int targets)
    implements Attack {

  public TargetedApgd {
    Eligibility.positive("steps", steps);
    Eligibility.positive("starts", starts);
    Eligibility.positive("targets", targets);
  }

  @Override
  public String name() {
    return objective == Objective.DLR ? "apgd-t" : "apgd-t-" + objective;
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
    return objective.classesNeeded(true);
  }

  @Override
  public String toString() {
    return "apgd-t(ball=%s, steps=%d, starts=%d, targets=%d, loss=%s)"
        .formatted(ball, steps, starts, targets, objective);
  }
}
