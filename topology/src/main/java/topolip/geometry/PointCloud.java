package topolip.geometry;

import java.lang.foreign.MemorySegment;

/// Points of one dimension, `(size, dimension)`, in 32-bit or 64-bit floating point.
public final class PointCloud {
  private final int size;

  private PointCloud(int size) {
    this.size = size;
  }

  /// Shares float32 coordinates, `(size, dimension)` row-major, on the heap or mapped from a file.
  public static PointCloud wrap(MemorySegment float32, int size, int dimension) {
    return new PointCloud(size);
  }

  public int size() {
    return size;
  }

  /// Their pairwise distances.
  public DistanceMatrix distances(Metric metric, int threads) {
    return DistanceMatrix.wrap(size, new double[size * (size - 1) / 2]);
  }
}
