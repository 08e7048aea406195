package topolip.diagram;

import topolip.homology.PersistenceDiagram;

/// The Wasserstein distance, and for order ∞ the bottleneck distance, from its definition: the
/// least cost over all matchings of two small diagrams, essential classes included. Nothing is
/// shared with the code under test.
final class AllMatchings {
  private final PersistenceDiagram a;
  private final PersistenceDiagram b;
  private final double order;
  private final double exponent;

  AllMatchings(PersistenceDiagram a, PersistenceDiagram b, double order, double exponent) {
    this.a = a;
    this.b = b;
    this.order = order;
    this.exponent = exponent;
  }

  double distance() {
    double least = least(0, new boolean[b.size()]);
    return order == Double.POSITIVE_INFINITY ? least : Math.pow(least, 1 / order);
  }

  private double least(int i, boolean[] taken) {
    if (i == a.size()) {
      double rest = 0;
      for (int j = 0; j < b.size(); j++) {
        rest = taken[j] ? rest : sum(rest, toDiagonal(b.birth(j), b.death(j)));
      }
      return rest;
    }
    double best = sum(toDiagonal(a.birth(i), a.death(i)), least(i + 1, taken));
    for (int j = 0; j < b.size(); j++) {
      if (!taken[j]) {
        taken[j] = true;
        best = Math.min(best, sum(pair(i, j), least(i + 1, taken)));
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
    return power(norm(births, deaths));
  }

  /// By minimising over the points of the diagonal: ((b + d) / 2, (b + d) / 2) is nearest.
  private double toDiagonal(double birth, double death) {
    double half = (death - birth) / 2;
    return power(norm(half, half));
  }

  private double norm(double births, double deaths) {
    if (exponent == Double.POSITIVE_INFINITY) {
      return Math.max(births, deaths);
    }
    return Math.pow(Math.pow(births, exponent) + Math.pow(deaths, exponent), 1 / exponent);
  }

  private double power(double distance) {
    return order == Double.POSITIVE_INFINITY ? distance : Math.pow(distance, order);
  }

  private double sum(double x, double y) {
    return order == Double.POSITIVE_INFINITY ? Math.max(x, y) : x + y;
  }
}
