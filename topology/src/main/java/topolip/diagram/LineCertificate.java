package topolip.diagram;

import static topolip.diagram.MatchingSide.FREE;

/// Whether an alignment of two sorted sequences is an optimal matching, in O(n + m).
///
/// It is if and only if there are dual values x_i of the first points and y_j of the second that
/// sum to the cost of every matched pair, to at most the cost of any other, and are the cost of the
/// diagonal for unmatched points and at most that for others. Reduced costs r(i, j) = |s_i − t_j|^p
/// − x_i − y_j have the Monge property r(i, j) + r(i′, j′) ≤ r(i, j′) + r(i′, j) for i < i′ and j <
/// j′, and are 0 on matched pairs. So if (i′, j) is matched, r(i, j′) ≥ r(i, j) + r(i′, j′): by
/// induction, no r is negative if none is between
///
/// - consecutive matched pairs, (i_k, j_{k+1}) and (i_{k+1}, j_k),
/// - a matched point and an unmatched one, with no matched pair in between,
/// - two unmatched points, with no matched pair in between. Here dual values are given, and |s −
///   t|^p ≥ κ (s^p + t^p) depends on t / s ≥ 1 alone; the difference is negative at 1 and changes
///   its sign at most once. So neighbours in order of persistence decide.
///
/// The first two kinds give the dual value of i_k an interval, and bound its growth from k to k +
/// 1: a pass along the pairs finds whether all can be met.
final class LineCertificate {
  private final MatchingCost cost;
  private final double[] s;
  private final double[] t;
  private final double[] first;
  private final double[] second;
  private final double unit;

  /// The interval of the dual value of the last matched point of the first sequence.
  private double low;

  private double high;

  LineCertificate(MatchingCost cost, double[] s, double[] t) {
    this.cost = cost;
    this.s = s;
    this.t = t;
    first = cost.diagonals(s);
    second = cost.diagonals(t);
    unit = 0x1p-52 * Math.max(last(first), last(second));
  }

  /// Dual values are compared up to what rounding explains: 2⁻⁵² of the largest cost of leaving a
  /// point for each of the pairs passed.
  boolean isOptimal(int[] mates) {
    low = Double.NEGATIVE_INFINITY;
    high = Double.POSITIVE_INFINITY;
    double tolerance = 4 * unit;
    int i = -1;
    int j = -1;
    for (int next = 0; next <= s.length; next++) {
      if (next < s.length && mates[next] == FREE) {
        continue;
      }
      int mate = next < s.length ? mates[next] : t.length;
      if (!leavesUnmatched(i + 1, next, j + 1, mate)) {
        return false;
      }
      if (i >= 0) {
        narrow(i, j, i + 1, next, j + 1, mate);
      }
      if (low > high + tolerance) {
        return false;
      }
      if (next < s.length) {
        advance(i, j, next, mate);
        narrow(next, mate, i + 1, next, j + 1, mate);
      }
      i = next;
      j = mate;
      tolerance += unit;
    }
    return true;
  }

  private static double last(double[] values) {
    return values.length == 0 ? 0 : values[values.length - 1];
  }

  private double pair(int i, int j) {
    return cost.power(Math.abs(s[i] - t[j]));
  }

  /// Whether no two of these points would rather be matched.
  private boolean leavesUnmatched(int i, int iEnd, int j, int jEnd) {
    int row = i;
    int column = j;
    while (row < iEnd && column < jEnd) {
      boolean rowIsNext = s[row] <= t[column];
      // The last one before the next of the other kind is its neighbour.
      while (rowIsNext && row + 1 < iEnd && s[row + 1] <= t[column]) {
        row++;
      }
      while (!rowIsNext && column + 1 < jEnd && t[column + 1] < s[row]) {
        column++;
      }
      if (pair(row, column) < first[row] + second[column] - unit) {
        return false;
      }
      row += rowIsNext ? 1 : 0;
      column += rowIsNext ? 0 : 1;
    }
    return true;
  }

  /// The interval from one matched pair to the next; i is −1 at the first.
  private void advance(int i, int j, int next, int mate) {
    double matched = pair(next, mate);
    double least = matched - second[mate];
    double most = first[next];
    low = i < 0 ? least : Math.max(least, low + matched - pair(i, mate));
    high = i < 0 ? most : Math.min(most, high + pair(next, j) - pair(i, j));
  }

  /// Narrows the interval of a matched pair by unmatched points of these ranges.
  private void narrow(int i, int j, int row, int rowEnd, int column, int columnEnd) {
    double matched = pair(i, j);
    for (int k = row; k < rowEnd; k++) {
      low = Math.max(low, matched + first[k] - pair(k, j));
    }
    for (int k = column; k < columnEnd; k++) {
      high = Math.min(high, pair(i, k) - second[k]);
    }
  }
}
