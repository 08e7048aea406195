package topolip.diagram;

import java.util.Arrays;

/// The optimal matching of points that share one birth.
///
/// Points are then numbers s = death − birth on a half-line, at distance |s − t| in either norm,
/// with the diagonal at a multiple of s. Among the points that are matched, matching in order is
/// optimal, since |s − t|^p is convex for p ≥ 1: for s ≤ s′ and t ≤ t′, |s − t|^p + |s′ − t′|^p ≤
/// |s − t′|^p + |s′ − t|^p. So an alignment of the two sorted sequences, in which a point may be
/// left to the diagonal, has the least cost; dynamic programming finds it in O(nm) time and O(m)
/// memory.
final class LineMatching {
  private final Wasserstein metric;

  LineMatching(Wasserstein metric) {
    this.metric = metric;
  }

  /// The least cost of matching two sets of persistences.
  double cost(double[] a, double[] b) {
    double[] s = a.clone();
    double[] t = b.clone();
    Arrays.sort(s);
    Arrays.sort(t);
    double[] toDiagonal = metric.diagonalCosts(t);
    double[] costs = new double[t.length + 1];
    for (int j = 0; j < t.length; j++) {
      costs[j + 1] = costs[j] + toDiagonal[j];
    }
    for (double x : s) {
      addPoint(x, t, toDiagonal, costs);
    }
    return costs[t.length];
  }

  /// From the costs of aligning some points with each prefix of `t`, those with one point more.
  private void addPoint(double x, double[] t, double[] toDiagonal, double[] costs) {
    double unmatched = metric.diagonalCost(x);
    double before = costs[0];
    costs[0] += unmatched;
    for (int j = 0; j < t.length; j++) {
      double matched = before + metric.power(Math.abs(x - t[j]));
      before = costs[j + 1];
      costs[j + 1] = Math.min(matched, Math.min(before + unmatched, costs[j] + toDiagonal[j]));
    }
  }
}
