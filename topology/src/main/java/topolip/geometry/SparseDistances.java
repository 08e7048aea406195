package topolip.geometry;

import java.util.Arrays;

/// Distances of some pairs of n points; the others are not connected.
///
/// Holds 16 bytes a pair. Symmetric; pairs stand in the order of their larger, then smaller index.
public final class SparseDistances {
  private final int size;
  private final long[] ends;
  private final double[] distances;

  private SparseDistances(int size, long[] ends, double[] distances) {
    this.size = size;
    this.ends = ends;
    this.distances = distances;
  }

  /// Distances as a list of coordinates, `(rows[e], columns[e])` in either order. Distances of `+∞`
  /// are left out.
  ///
  /// @throws IllegalArgumentException if the arrays differ in length, an index is not one of a
  ///   point, a distance is negative or NaN, a point is at a distance other than 0 from itself, or
  ///   a pair has two different distances
  public static SparseDistances of(int size, int[] rows, int[] columns, double[] distances) {
    if (rows.length != columns.length || rows.length != distances.length) {
      throw new IllegalArgumentException(
          "rows, columns and distances differ in length: %d, %d, %d"
              .formatted(rows.length, columns.length, distances.length));
    }
    Entry[] entries = new Entry[rows.length];
    int count = 0;
    for (int e = 0; e < rows.length; e++) {
      if (check(size, rows[e], columns[e], distances[e])) {
        long upper = Math.max(rows[e], columns[e]);
        entries[count++] =
            new Entry(upper << 32 | Math.min(rows[e], columns[e]), distances[e] + 0.0);
      }
    }
    Arrays.sort(entries, 0, count, (a, b) -> Long.compare(a.ends, b.ends));
    return distinct(size, entries, count);
  }

  private record Entry(long ends, double distance) {}

  /// Whether an entry is an edge.
  private static boolean check(int size, int row, int column, double distance) {
    if (row < 0 || row >= size || column < 0 || column >= size) {
      throw new IllegalArgumentException(
          "(%d, %d) is no pair of %d points".formatted(row, column, size));
    }
    if (!(distance >= 0)) {
      throw new IllegalArgumentException(
          "the distance of (%d, %d) is %s".formatted(row, column, distance));
    }
    if (row == column && distance != 0) {
      throw new IllegalArgumentException(
          "the distance of point %d to itself is %s, not 0".formatted(row, distance));
    }
    return row != column && distance < Double.POSITIVE_INFINITY;
  }

  private static SparseDistances distinct(int size, Entry[] entries, int count) {
    long[] ends = new long[count];
    double[] values = new double[count];
    int kept = 0;
    for (int e = 0; e < count; e++) {
      if (kept > 0 && entries[e].ends == ends[kept - 1]) {
        if (entries[e].distance != values[kept - 1]) {
          throw new IllegalArgumentException(
              "(%d, %d) has two distances: %s and %s"
                  .formatted(
                      ends[kept - 1] >>> 32,
                      (int) ends[kept - 1],
                      values[kept - 1],
                      entries[e].distance));
        }
        continue;
      }
      ends[kept] = entries[e].ends;
      values[kept++] = entries[e].distance;
    }
    return new SparseDistances(size, Arrays.copyOf(ends, kept), Arrays.copyOf(values, kept));
  }

  /// The number of points.
  public int size() {
    return size;
  }

  /// The number of pairs with a distance.
  public int edges() {
    return ends.length;
  }

  /// The larger index of a pair.
  public int upper(int edge) {
    return (int) (ends[edge] >>> 32);
  }

  /// The smaller index of a pair.
  public int lower(int edge) {
    return (int) ends[edge];
  }

  public double distance(int edge) {
    return distances[edge];
  }

  /// The least distance within which some point has all others, `+∞` if no point does.
  public double enclosingRadius() {
    int[] reached = new int[size];
    double[] farthest = new double[size];
    for (int e = 0; e < ends.length; e++) {
      for (int v : new int[] {upper(e), lower(e)}) {
        reached[v]++;
        farthest[v] = Math.max(farthest[v], distances[e]);
      }
    }
    double radius = size < 2 ? 0 : Double.POSITIVE_INFINITY;
    for (int v = 0; v < size; v++) {
      if (reached[v] == size - 1) {
        radius = Math.min(radius, farthest[v]);
      }
    }
    return radius;
  }
}
