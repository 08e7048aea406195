package topolip.homology;

import java.util.Arrays;
import topolip.geometry.DistanceMatrix;

/// The edges of a filtration in their order: by length, ties by the order of their ends.
final class EdgeFiltration {
  /// The rank of what is no edge: a vertex with itself, or a pair beyond the threshold.
  static final int ABSENT = Integer.MAX_VALUE;

  /// `ranks[i][j]` is the place of edge {i, j}, or [#ABSENT].
  final int[][] ranks;

  private final long[] ends;
  private final double[] lengths;

  private EdgeFiltration(int[][] ranks, long[] ends, double[] lengths) {
    this.ranks = ranks;
    this.ends = ends;
    this.lengths = lengths;
  }

  static EdgeFiltration of(DistanceMatrix distances, double threshold) {
    int n = distances.size();
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (isEdge(distances.distance(i, j), threshold)) {
          count++;
        }
      }
    }
    double[] values = new double[count];
    int e = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double distance = distances.distance(i, j);
        if (isEdge(distance, threshold)) {
          values[e++] = distance + 0.0; // −0 becomes 0
        }
      }
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return ranked(n, distances, threshold, values, sorted);
  }

  private static boolean isEdge(double distance, double threshold) {
    return distance <= threshold && distance < Double.POSITIVE_INFINITY;
  }

  private static EdgeFiltration ranked(
      int n, DistanceMatrix distances, double threshold, double[] values, double[] sorted) {
    int[] seen = new int[sorted.length];
    int[][] ranks = new int[n][n];
    long[] ends = new long[sorted.length];
    int e = 0;
    for (int i = 0; i < n; i++) {
      ranks[i][i] = ABSENT;
      for (int j = 0; j < i; j++) {
        int rank = ABSENT;
        if (isEdge(distances.distance(i, j), threshold)) {
          int first = firstOf(sorted, values[e++]);
          rank = first + seen[first]++;
          ends[rank] = (long) i << 32 | j;
        }
        ranks[i][j] = rank;
        ranks[j][i] = rank;
      }
    }
    return new EdgeFiltration(ranks, ends, sorted);
  }

  /// Where a value that is there first stands.
  private static int firstOf(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  int vertices() {
    return ranks.length;
  }

  int size() {
    return ends.length;
  }

  /// The larger end of an edge.
  int upper(int rank) {
    return (int) (ends[rank] >>> 32);
  }

  /// The smaller end of an edge.
  int lower(int rank) {
    return (int) ends[rank];
  }

  double length(int rank) {
    return lengths[rank];
  }
}
