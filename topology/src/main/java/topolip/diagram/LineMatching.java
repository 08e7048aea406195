package topolip.diagram;

import java.util.stream.IntStream;

/// The optimal matching of points that share one birth.
///
/// Points are then numbers s = death − birth on a half-line, at distance |s − t| in every norm,
/// with the diagonal at a multiple of s. Among the points that are matched, matching in order is
/// optimal, since |s − t|^p is convex for p ≥ 1: for s ≤ s′ and t ≤ t′, |s − t|^p + |s′ − t′|^p ≤
/// |s − t′|^p + |s′ − t|^p. So an optimal matching is an alignment of two sorted sequences.
///
/// The alignment of every second point is found first, in the same way, and then the best one in a
/// corridor around it, in O((n + m) · radius) time and memory. [LineCertificate] proves in O(n + m)
/// that it is the best of all, or the corridor is widened; should the widest not do, the points are
/// matched as in the plane, whatever that takes.
final class LineMatching {
  private static final int SMALL = 32;
  private static final int NARROW = 8;
  private static final int WIDEST = 512;

  private final MatchingCost cost;

  LineMatching(MatchingCost cost) {
    this.cost = cost;
  }

  /// Of each point of the first diagram the point of the second it is matched with, or −1; both
  /// have one birth.
  int[] mates(DiagramPoints a, DiagramPoints b) {
    double[] s = a.persistences();
    double[] t = b.persistences();
    for (int radius = NARROW; radius <= WIDEST; radius *= 8) {
      int[] mates = aligned(s, t, radius);
      if (new LineCertificate(cost, s, t).isOptimal(mates)) {
        return mates;
      }
    }
    return new PlaneMatching(cost, a, b, 0).mates();
  }

  /// A good alignment: the best one near that of every second point.
  int[] aligned(double[] s, double[] t, int radius) {
    if (Math.min(s.length, t.length) <= SMALL) {
      return LineCorridor.unbounded(cost, s, t).aligned();
    }
    int[] coarse = aligned(everySecond(s), everySecond(t), radius);
    return LineCorridor.around(coarse, radius, cost, s, t).aligned();
  }

  private static double[] everySecond(double[] values) {
    return IntStream.range(0, values.length / 2).mapToDouble(i -> values[2 * i]).toArray();
  }
}
