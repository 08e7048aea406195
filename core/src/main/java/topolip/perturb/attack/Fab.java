package topolip.perturb.attack;

/// FAB, the fast adaptive boundary attack (Croce and Hein 2020, arXiv:1907.02044), towards several
/// classes in turn: those with the largest logits of the clean image. Any wrong class counts.
///
/// Projects onto the linearised decision boundary within [0, 1], from the point reached and from
/// the clean one; once beyond the boundary, it returns towards the clean image.
///
/// @param bound the largest distance that counts, which ends the search; infinite to look for the
///   least distance
/// @param steps of each start, each of two questions
/// @param starts of each target, from the second on at random points nearer than half the bound or
///   the best distance
/// @param targets how many; never more than there are other classes
public record Fab(Norm norm, double bound, int steps, int starts, int targets) implements Attack {

  public Fab {
    if (!(bound >= 0)) {
      throw new IllegalArgumentException("the bound must be at least 0: " + bound);
    }
    Eligibility.positive("steps", steps);
    Eligibility.positive("starts", starts);
    Eligibility.positive("targets", targets);
  }

  @Override
  public String name() {
    return "fab-t";
  }

  @Override
  public Keep keep() {
    return bound == Double.POSITIVE_INFINITY ? Keep.NEAREST : Keep.FIRST;
  }

  @Override
  public String toString() {
    return "fab-t(norm=%s, bound=%s, steps=%d, starts=%d, targets=%d)"
        .formatted(norm, bound, steps, starts, targets);
  }
}
