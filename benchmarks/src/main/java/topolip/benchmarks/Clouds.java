package topolip.benchmarks;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import topolip.geometry.PointCloud;

/// Point clouds of the benchmarks, seeded.
final class Clouds {
  private Clouds() {}

  /// Standard normal coordinates, 32 bits each.
  static PointCloud gaussian(int size, int dimension, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] coordinates = new float[size * dimension];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = (float) random.nextGaussian();
    }
    return PointCloud.wrapFloats(MemorySegment.ofArray(coordinates), size, dimension);
  }
}
