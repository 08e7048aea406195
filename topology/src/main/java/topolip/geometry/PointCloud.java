package topolip.geometry;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Points of one dimension, `(size, dimension)` row-major, in 32-bit or 64-bit floating point.
///
/// Safe for use by several threads as long as nobody writes to memory that is shared with it.
public final class PointCloud {
  private final MemorySegment coordinates;
  private final boolean single;
  private final int size;
  private final int dimension;

  private PointCloud(MemorySegment coordinates, boolean single, int size, int dimension) {
    long bytes = (single ? Float.BYTES : Double.BYTES) * Math.multiplyExact((long) size, dimension);
    if (size < 0 || dimension < 0 || coordinates.byteSize() != bytes) {
      throw new IllegalArgumentException(
          "%d points of dimension %d take %d bytes, not %d"
              .formatted(size, dimension, bytes, coordinates.byteSize()));
    }
    this.coordinates = coordinates;
    this.single = single;
    this.size = size;
    this.dimension = dimension;
  }

  /// Shares 32-bit coordinates in native byte order, on the heap or mapped from a file.
  public static PointCloud wrapFloats(MemorySegment coordinates, int size, int dimension) {
    return new PointCloud(coordinates, true, size, dimension);
  }

  /// Shares 64-bit coordinates in native byte order, on the heap or mapped from a file.
  public static PointCloud wrapDoubles(MemorySegment coordinates, int size, int dimension) {
    return new PointCloud(coordinates, false, size, dimension);
  }

  /// Copies points.
  ///
  /// @throws IllegalArgumentException if points differ in dimension
  public static PointCloud of(double[][] points) {
    int dimension = points.length == 0 ? 0 : points[0].length;
    double[] coordinates = new double[Math.multiplyExact(points.length, dimension)];
    for (int i = 0; i < points.length; i++) {
      if (points[i].length != dimension) {
        throw new IllegalArgumentException(
            "points differ in dimension: point 0 has %d, point %d has %d"
                .formatted(dimension, i, points[i].length));
      }
      System.arraycopy(points[i], 0, coordinates, i * dimension, dimension);
    }
    return wrapDoubles(MemorySegment.ofArray(coordinates), points.length, dimension);
  }

  public int size() {
    return size;
  }

  public int dimension() {
    return dimension;
  }

  /// Coordinate `k` of point `i`.
  public double coordinate(int i, int k) {
    long index = (long) i * dimension + k;
    return single
        ? coordinates.get(ValueLayout.JAVA_FLOAT_UNALIGNED, index * Float.BYTES)
        : coordinates.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, index * Double.BYTES);
  }

  /// A copy of some of the points, which are numbered anew in the order given.
  public PointCloud subset(int... indices) {
    double[] copied = new double[Math.multiplyExact(indices.length, dimension)];
    double[] point = new double[dimension];
    for (int i = 0; i < indices.length; i++) {
      read(indices[i], 0, dimension, point);
      System.arraycopy(point, 0, copied, i * dimension, dimension);
    }
    return wrapDoubles(MemorySegment.ofArray(copied), indices.length, dimension);
  }

  /// A copy of these points and then of others.
  ///
  /// @throws IllegalArgumentException if the dimensions differ
  public PointCloud joined(PointCloud others) {
    if (others.dimension != dimension) {
      throw new IllegalArgumentException(
          "points of dimension %d cannot be joined to points of dimension %d"
              .formatted(others.dimension, dimension));
    }
    int total = Math.addExact(size, others.size);
    double[] copied = new double[Math.multiplyExact(total, dimension)];
    double[] point = new double[dimension];
    for (int i = 0; i < total; i++) {
      PointCloud source = i < size ? this : others;
      source.read(i < size ? i : i - size, 0, dimension, point);
      System.arraycopy(point, 0, copied, i * dimension, dimension);
    }
    return wrapDoubles(MemorySegment.ofArray(copied), total, dimension);
  }

  /// Copies coordinates `from` to before `from + count` of point `i` to `target`.
  void read(int i, int from, int count, double[] target) {
    long index = (long) i * dimension + from;
    if (single) {
      long offset = index * Float.BYTES;
      for (int k = 0; k < count; k++) {
        target[k] =
            coordinates.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset + (long) k * Float.BYTES);
      }
    } else {
      MemorySegment.copy(
          coordinates, ValueLayout.JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, target, 0, count);
    }
  }

  /// The Euclidean distances of all pairs: [#distances(Metric, int)].
  public DistanceMatrix distances(int threads) {
    return distances(Metric.EUCLIDEAN, threads);
  }

  /// The distances of all pairs, summed in double from the differences of coordinates, so that near
  /// points keep their digits.
  ///
  /// O(size² · dimension) time; besides the result, 1.2 MB a thread. The result does not depend on
  /// the number of threads.
  ///
  /// @throws IllegalArgumentException if a coordinate is NaN or infinite, there are too many points
  ///   for a distance matrix, or a point has no direction and the metric needs one
  public DistanceMatrix distances(Metric metric, int threads) {
    requireFinite();
    return new PairwiseDistances(this, metric).compute(threads);
  }

  /// The Euclidean distance of two points whose differences may be very small or large.
  double euclidean(int i, int j) {
    double[] x = new double[dimension];
    double[] y = new double[dimension];
    read(i, 0, dimension, x);
    read(j, 0, dimension, y);
    double largest = 0;
    for (int k = 0; k < dimension; k++) {
      x[k] -= y[k];
      largest = Math.max(largest, Math.abs(x[k]));
    }
    if (largest == 0 || largest == Double.POSITIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (double difference : x) {
      sum += (difference / largest) * (difference / largest);
    }
    return largest * Math.sqrt(sum);
  }

  /// The points divided by their lengths.
  PointCloud onUnitSphere() {
    double[] scaled = new double[Math.multiplyExact(size, dimension)];
    double[] point = new double[dimension];
    for (int i = 0; i < size; i++) {
      read(i, 0, dimension, point);
      double largest = 0;
      for (double x : point) {
        largest = Math.max(largest, Math.abs(x));
      }
      if (largest == 0) {
        throw new IllegalArgumentException("point " + i + " is the origin, which has no direction");
      }
      double sum = 0;
      for (double x : point) {
        sum += (x / largest) * (x / largest);
      }
      for (int k = 0; k < dimension; k++) {
        scaled[i * dimension + k] = point[k] / largest / Math.sqrt(sum);
      }
    }
    return wrapDoubles(MemorySegment.ofArray(scaled), size, dimension);
  }

  /// Writes the distances from point `i` to all points: O(size · dimension) time.
  ///
  /// @param metric any but cosine distance
  /// @throws IllegalArgumentException if there is not one place for each point, or a distance is
  ///   not finite
  public void distancesFrom(int i, Metric metric, double[] target) {
    metric.requireTriangles();
    if (target.length != size) {
      throw new IllegalArgumentException(
          "%d distances do not fit %d places".formatted(size, target.length));
    }
    double[] from = new double[dimension];
    double[] to = new double[dimension];
    read(i, 0, dimension, from);
    for (int j = 0; j < size; j++) {
      read(j, 0, dimension, to);
      double sum = 0;
      for (int k = 0; k < dimension; k++) {
        sum = metric.with(sum, from[k] - to[k]);
      }
      if (!(sum < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "points %d and %d have no finite distance".formatted(i, j));
      }
      target[j] = metric.distance(sum);
    }
  }

  private void requireFinite() {
    double[] point = new double[dimension];
    for (int i = 0; i < size; i++) {
      read(i, 0, dimension, point);
      for (int k = 0; k < dimension; k++) {
        if (!Double.isFinite(point[k])) {
          throw new IllegalArgumentException(
              "point %d, coordinate %d is %s".formatted(i, k, point[k]));
        }
      }
    }
  }
}
