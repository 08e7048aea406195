package topolip.diagram;

import topolip.homology.PersistenceDiagram;

/// The Wasserstein distance from its definition: the least cost over all matchings of two small
/// diagrams, essential classes included. Nothing is shared with the code under test.
final class AllMatchings {
  private final PersistenceDiagram a;
  private final PersistenceDiagram b;
  private final double order;
  private final boolean euclidean;

  AllMatchings(PersistenceDiagram a, PersistenceDiagram b, double order, boolean euclidean) {
    this.a = a;
    this.b = b;
    this.order = order;
    this.euclidean = euclidean;
  }

  double distance() {
    return Math.pow(least(0, new boolean[b.size()]), 1 / order);
  }

  private double least(int i, boolean[] taken) {
    if (i == a.size()) {
      double rest = 0;
      for (int j = 0; j < b.size(); j++) {
        rest += taken[j] ? 0 : toDiagonal(b.birth(j), b.death(j));
      }
      return rest;
    }
    double best = toDiagonal(a.birth(i), a.death(i)) + least(i + 1, taken);
    for (int j = 0; j < b.size(); j++) {
      if (!taken[j]) {
        taken[j] = true;
        best = Math.min(best, pair(i, j) + least(i + 1, taken));
        taken[j] = false;
      }
    }
    return best;
  }

  private double pair(int i, int j) {
    double births = Math.abs(a.birth(i) - b.birth(j));
    if (a.isEssential(i) != b.isEssential(j)) {
      return Double.POSITIVE_INFINITY;
    }
    double deaths = a.isEssential(i) ? 0 : Math.abs(a.death(i) - b.death(j));
    double distance = euclidean ? Math.hypot(births, deaths) : Math.max(births, deaths);
    return Math.pow(distance, order);
  }

  /// By minimising over the points of the diagonal: ((b + d) / 2, (b + d) / 2) is nearest.
  private double toDiagonal(double birth, double death) {
    double half = (death - birth) / 2;
    return Math.pow(euclidean ? Math.hypot(half, half) : half, order);
  }
}
