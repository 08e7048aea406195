package topolip.diagram;

import static topolip.diagram.MatchingSide.FREE;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/// The best alignment of two sorted sequences within a corridor, by dynamic programming.
///
/// Cell (i, j) stands for the first i and the first j points being done; row i has the cells from
/// `low[i]` to `high[i]`, neither of which decreases. A cell is entered by matching two points or
/// by leaving one of them to the diagonal; which of these is best is kept, one byte a cell.
final class LineCorridor {
  private static final byte MATCH = 0;
  private static final byte LEAVE_FIRST = 1;
  private static final byte LEAVE_SECOND = 2;

  private final MatchingCost cost;
  private final double[] s;
  private final double[] t;
  private final int[] low;
  private final int[] high;

  private LineCorridor(MatchingCost cost, double[] s, double[] t, int[] low, int[] high) {
    this.cost = cost;
    this.s = s;
    this.t = t;
    this.low = low;
    this.high = high;
  }

  /// All cells.
  static LineCorridor unbounded(MatchingCost cost, double[] s, double[] t) {
    int[] high = new int[s.length + 1];
    Arrays.fill(high, t.length);
    return new LineCorridor(cost, s, t, new int[s.length + 1], high);
  }

  /// The cells within a radius of an alignment of every second point. Points that this leaves to
  /// the diagonal are passed in the order of their persistences.
  static LineCorridor around(int[] coarse, int radius, MatchingCost cost, double[] s, double[] t) {
    int[] low = new int[s.length + 1];
    int[] high = new int[s.length + 1];
    int[] limits = nextMates(coarse, t.length / 2);
    int column = 0;
    for (int k = 0; 2 * k <= s.length; k++) {
      boolean isMatched = k < coarse.length && coarse[k] != FREE;
      low[2 * k] = Math.max(0, 2 * column - radius);
      while (column < limits[k] && (isMatched || k == coarse.length || t[2 * column] < s[2 * k])) {
        column++;
      }
      high[2 * k] = Math.min(t.length, 2 * column + radius);
      if (2 * k < s.length) {
        low[2 * k + 1] = Math.max(0, 2 * column - radius);
        column += isMatched ? 1 : 0;
        high[2 * k + 1] = Math.min(t.length, 2 * column + radius);
      }
    }
    high[s.length] = t.length;
    return new LineCorridor(cost, s, t, low, high);
  }

  /// The mate of each point, or of the next that has one.
  private static int[] nextMates(int[] mates, int none) {
    int[] next = Arrays.copyOf(mates, mates.length + 1);
    next[mates.length] = none;
    for (int k = mates.length - 1; k >= 0; k--) {
      next[k] = next[k] == FREE ? next[k + 1] : next[k];
    }
    return next;
  }

  /// Of each point of the first sequence the point of the second it is matched with, or −1.
  int[] aligned() {
    byte[][] choices = new byte[s.length + 1][];
    double[] first = cost.diagonals(s);
    double[] second = cost.diagonals(t);
    double[] costs = new double[t.length + 1];
    Arrays.fill(costs, Double.POSITIVE_INFINITY);
    for (int i = 0; i <= s.length; i++) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      choices[i] = new byte[high[i] - low[i] + 1];
      if (i == 0) {
        enterFirstRow(second, costs, choices[0]);
      } else {
        enterRow(i, first[i - 1], second, costs, choices[i]);
      }
    }
    return traced(choices);
  }

  private void enterFirstRow(double[] second, double[] costs, byte[] choices) {
    costs[0] = 0;
    for (int j = 1; j <= high[0]; j++) {
      costs[j] = costs[j - 1] + second[j - 1];
      choices[j] = LEAVE_SECOND;
    }
  }

  private void enterRow(int i, double first, double[] second, double[] costs, byte[] choices) {
    double x = s[i - 1];
    double diagonal = low[i] > low[i - 1] ? costs[low[i] - 1] : Double.POSITIVE_INFINITY;
    double left = Double.POSITIVE_INFINITY;
    for (int j = low[i]; j <= high[i]; j++) {
      double matched =
          j == 0 ? Double.POSITIVE_INFINITY : diagonal + cost.power(Math.abs(x - t[j - 1]));
      double leftFirst = costs[j] + first;
      double leftSecond = j == 0 ? Double.POSITIVE_INFINITY : left + second[j - 1];
      diagonal = costs[j];
      left = Math.min(matched, Math.min(leftFirst, leftSecond));
      costs[j] = left;
      choices[j - low[i]] =
          left == matched ? MATCH : left == leftFirst ? LEAVE_FIRST : LEAVE_SECOND;
    }
  }

  private int[] traced(byte[][] choices) {
    int[] mates = new int[s.length];
    Arrays.fill(mates, FREE);
    int i = s.length;
    int j = t.length;
    while (i > 0 || j > 0) {
      byte choice = choices[i][j - low[i]];
      i -= choice == LEAVE_SECOND ? 0 : 1;
      j -= choice == LEAVE_FIRST ? 0 : 1;
      if (choice == MATCH) {
        mates[i] = j;
      }
    }
    return mates;
  }
}
