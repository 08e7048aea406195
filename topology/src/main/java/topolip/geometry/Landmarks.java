package topolip.geometry;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/// Landmarks by the maxmin rule: each is the point farthest from those before it.
///
/// After Gonzalez (1985, DOI 10.1016/0304-3975(85)90224-5); taken to the end, a greedy permutation.
/// Every point is within the [#coveringRadius()] r of a landmark, so that the Hausdorff distance
/// from the landmarks to all points is r, and the Vietoris-Rips diagrams (by diameter) of the two
/// differ by at most 2r in bottleneck distance (Chazal, de Silva, Oudot 2014, DOI
/// 10.1007/s10711-013-9937-z), Čech diagrams (by radius) by at most r.
public final class Landmarks {
  private final int[] indices;
  private final double[] insertionRadii;
  private final double coveringRadius;

  private Landmarks(int[] indices, double[] insertionRadii, double coveringRadius) {
    this.indices = indices;
    this.insertionRadii = insertionRadii;
    this.coveringRadius = coveringRadius;
  }

  /// Distances from one point to all.
  private interface Distances {
    void from(int point, double[] target);
  }

  /// Landmarks of points of which all distances are known, in O(n · `count`) time.
  ///
  /// @param count how many, at least 1 and at most the number of points
  /// @param first the index of the first one
  public static Landmarks maxmin(DistanceMatrix distances, int count, int first) {
    return maxmin(
        distances.size(),
        count,
        first,
        (point, target) -> Arrays.setAll(target, j -> distances.distance(point, j)));
  }

  /// Landmarks of a cloud, in O(n · `count` · dimension) time and O(n) memory: for clouds that are
  /// too large for a [DistanceMatrix].
  ///
  /// @param metric any but cosine distance, for which nothing is promised
  /// @param count how many, at least 1 and at most the number of points
  /// @param first the index of the first one
  public static Landmarks maxmin(PointCloud cloud, Metric metric, int count, int first) {
    metric.requireTriangles();
    return maxmin(
        cloud.size(), count, first, (point, target) -> cloud.distancesFrom(point, metric, target));
  }

  private static Landmarks maxmin(int size, int count, int first, Distances distances) {
    if (count < 1 || count > size) {
      throw new IllegalArgumentException(
          "cannot take %,d landmarks of %,d points".formatted(count, size));
    }
    if (first < 0 || first >= size) {
      throw new IllegalArgumentException(
          "the first landmark is %d, which is none of %,d points".formatted(first, size));
    }
    int[] indices = new int[count];
    double[] insertionRadii = new double[count];
    double[] nearest = new double[size];
    double[] row = new double[size];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    int next = first;
    double radius = Double.POSITIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      indices[k] = next;
      insertionRadii[k] = radius;
      distances.from(next, row);
      nearest[next] = -1; // taken: equal points are still taken once each
      next = farthest(nearest, row);
      radius = Math.max(0, nearest[next]);
    }
    return new Landmarks(indices, insertionRadii, radius);
  }

  /// Moves each distance to the nearest landmark down to that of a new one, and returns the first
  /// of the points with the largest.
  private static int farthest(double[] nearest, double[] row) {
    int farthest = 0;
    for (int j = 0; j < nearest.length; j++) {
      nearest[j] = Math.min(nearest[j], row[j]);
      if (nearest[j] > nearest[farthest]) {
        farthest = j;
      }
    }
    return farthest;
  }

  /// How many landmarks there are.
  public int size() {
    return indices.length;
  }

  /// The index of the `k`-th landmark in the cloud.
  public int index(int k) {
    return indices[k];
  }

  /// The indices of all landmarks, in the order in which they were taken.
  public int[] indices() {
    return indices.clone();
  }

  /// The distance of the `k`-th landmark to those before it, `+∞` for the first. Never increases.
  public double insertionRadius(int k) {
    return insertionRadii[k];
  }

  /// The largest distance of a point to its nearest landmark.
  public double coveringRadius() {
    return coveringRadius;
  }
}
