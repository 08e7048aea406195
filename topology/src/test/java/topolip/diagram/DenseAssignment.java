package topolip.diagram;

import java.util.Arrays;

/// The Hungarian algorithm in O(n³) on a full square matrix of costs: an oracle for diagrams too
/// large for all matchings.
final class DenseAssignment {
  private DenseAssignment() {}

  /// The least total cost of assigning each row a column.
  static double cost(double[][] costs) {
    int n = costs.length;
    double[] u = new double[n + 1];
    double[] v = new double[n + 1];
    int[] rowOf = new int[n + 1];
    int[] way = new int[n + 1];
    for (int i = 1; i <= n; i++) {
      rowOf[0] = i;
      int j = 0;
      double[] least = new double[n + 1];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      boolean[] used = new boolean[n + 1];
      do {
        used[j] = true;
        int row = rowOf[j];
        double delta = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int k = 1; k <= n; k++) {
          if (!used[k]) {
            double reduced = costs[row - 1][k - 1] - u[row] - v[k];
            if (reduced < least[k]) {
              least[k] = reduced;
              way[k] = j;
            }
            if (least[k] < delta) {
              delta = least[k];
              next = k;
            }
          }
        }
        for (int k = 0; k <= n; k++) {
          if (used[k]) {
            u[rowOf[k]] += delta;
            v[k] -= delta;
          } else {
            least[k] -= delta;
          }
        }
        j = next;
      } while (rowOf[j] != 0);
      while (j != 0) {
        rowOf[j] = rowOf[way[j]];
        j = way[j];
      }
    }
    double total = 0;
    for (int k = 1; k <= n; k++) {
      total += costs[rowOf[k] - 1][k - 1];
    }
    return total;
  }
}
