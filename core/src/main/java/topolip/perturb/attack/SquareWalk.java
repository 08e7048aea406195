package topolip.perturb.attack;

/// [Square] on one point: the search that both norms share.
final class SquareWalk implements PointAttack {
  /// After which steps the share of the image is halved.
  private static final int[] HALVED_AFTER = {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};

  private final Square square;
  private final Proposals proposals;

  /// How changes are drawn in a norm.
  interface Proposals {

    float[] first(Search search, double eps);

    /// @param side of the square, in pixels
    float[] next(Search search, double eps, float[] best, int side);

    /// The side of a square with this many pixels.
    int side(double pixels);
  }

  private SquareWalk(Square square, Proposals proposals) {
    this.square = square;
    this.proposals = proposals;
  }

  static SquareWalk of(Square square) {
    return new SquareWalk(square, square.norm() == Norm.L_INF ? new SquareLinf() : new SquareL2());
  }

  @Override
  public void run(Search search) throws InterruptedException {
    for (int start = 0; start < square.starts() && !search.finished(); start++) {
      walk(search);
    }
  }

  private void walk(Search search) throws InterruptedException {
    double pixels = (double) search.shape().height() * search.shape().width();
    double eps = square.ball().eps();
    float[] best = proposals.first(search, eps);
    double margin = search.margin(search.logits(best));
    for (int k = 0; k < square.steps() && !search.finished(); k++) {
      int side = proposals.side(share(k) * pixels);
      int most = Math.min(search.shape().height(), search.shape().width());
      float[] next = proposals.next(search, eps, best, Math.min(side, most));
      square.ball().project(search.clean(), next);
      double reached = search.margin(search.logits(next));
      if (reached > margin) {
        margin = reached;
        best = next;
      }
    }
  }

  double share(int step) {
    double share = square.firstShare();
    for (int last : HALVED_AFTER) {
      share /= step > last ? 2 : 1;
    }
    return share;
  }
}
