package topolip.geometry;

import java.io.Serializable;
import java.util.Arrays;

/// The pairwise distances of n points: symmetric, zero diagonal, `+∞` where two points are not
/// connected.
///
/// Holds n(n−1)/2 doubles; n is at most [#LARGEST].
public final class DistanceMatrix implements Serializable {
  /// The largest number of points whose pairs can be counted by an int.
  public static final int LARGEST = 65_536;

  private final int size;
  private final double[] lower;

  private DistanceMatrix(int size, double[] lower) {
    this.size = size;
    this.lower = lower;
  }

  /// Takes over the strict lower triangle, row by row: (1,0), (2,0), (2,1), (3,0), …
  ///
  /// @throws IllegalArgumentException if the length does not fit, or a distance is negative or NaN
  public static DistanceMatrix wrap(int size, double[] lower) {
    if (lower.length != pairs(size)) {
      throw new IllegalArgumentException(
          "%d points have %d distances, not %d".formatted(size, pairs(size), lower.length));
    }
    for (int p = 0; p < lower.length; p++) {
      if (!(lower[p] >= 0)) {
        throw new IllegalArgumentException(
            "distance %d of the lower triangle is %s".formatted(p, lower[p]));
      }
    }
    return new DistanceMatrix(size, lower);
  }

  /// Copies a full matrix.
  ///
  /// @throws IllegalArgumentException if it is not square, not symmetric, has a diagonal that is
  ///   not zero, or a distance that is negative or NaN
  public static DistanceMatrix of(double[][] matrix) {
    int size = matrix.length;
    double[] lower = new double[pairs(size)];
    for (int i = 0; i < size; i++) {
      if (matrix[i].length != size) {
        throw new IllegalArgumentException(
            "row %d has %d distances, but there are %d rows".formatted(i, matrix[i].length, size));
      }
      if (matrix[i][i] != 0) {
        throw new IllegalArgumentException(
            "the distance of point %d to itself is %s, not 0".formatted(i, matrix[i][i]));
      }
      for (int j = 0; j < i; j++) {
        if (matrix[i][j] != matrix[j][i]) {
          throw new IllegalArgumentException(
              "not symmetric: (%d, %d) is %s, but (%d, %d) is %s"
                  .formatted(i, j, matrix[i][j], j, i, matrix[j][i]));
        }
        lower[pairs(i) + j] = matrix[i][j];
      }
    }
    return wrap(size, lower);
  }

  /// How many pairs so many points have.
  static int pairs(int size) {
    if (size < 0 || size > LARGEST) {
      throw new IllegalArgumentException(
          "a distance matrix holds at most %,d points, not %,d".formatted(LARGEST, size));
    }
    return (int) ((long) size * (size - 1) / 2);
  }

  public int size() {
    return size;
  }

  public double distance(int i, int j) {
    if (i == j) {
      return 0;
    }
    return i > j ? lower[pairs(i) + j] : lower[pairs(j) + i];
  }

  /// The distances among some of the points, which are numbered anew in the order given.
  ///
  /// @throws IllegalArgumentException if an index is repeated: a point at distance zero would
  ///   change the homology
  public DistanceMatrix subset(int... indices) {
    if (Arrays.stream(indices).distinct().count() != indices.length) {
      throw new IllegalArgumentException("a subset names each point once");
    }
    double[] distances = new double[pairs(indices.length)];
    int p = 0;
    for (int i = 0; i < indices.length; i++) {
      for (int j = 0; j < i; j++) {
        distances[p++] = distance(indices[i], indices[j]);
      }
    }
    return new DistanceMatrix(indices.length, distances);
  }

  /// The median of the distances, the mean of the middle two if their number is even.
  ///
  /// O(n²) time on average.
  ///
  /// @throws IllegalStateException if there are fewer than two points
  public double median() {
    if (lower.length == 0) {
      throw new IllegalStateException("%d points have no distances".formatted(size));
    }
    double[] values = lower.clone();
    int middle = values.length / 2;
    double upper = Selection.nth(values, middle);
    if (values.length % 2 == 1) {
      return upper;
    }
    double below = Arrays.stream(values, 0, middle).max().getAsDouble();
    return below == upper ? upper : below + (upper - below) / 2;
  }

  /// The least distance within which some point has all others: from there on, the Vietoris-Rips
  /// complex is a cone. 0 for fewer than two points, `+∞` if no point reaches all others.
  public double enclosingRadius() {
    double[] farthest = new double[size];
    int p = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++, p++) {
        farthest[i] = Math.max(farthest[i], lower[p]);
        farthest[j] = Math.max(farthest[j], lower[p]);
      }
    }
    return Arrays.stream(farthest).min().orElse(0);
  }
}
