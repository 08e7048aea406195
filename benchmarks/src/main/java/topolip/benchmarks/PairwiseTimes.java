package topolip.benchmarks;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;

/// Prints the seconds that pairwise distances of single-precision points take: the first run and
/// the best of four later ones, for one thread and for two.
///
/// Arguments: the number of points, and their dimension.
public final class PairwiseTimes {
  private PairwiseTimes() {}

  public static void main(String... arguments) {
    int size = Integer.parseInt(arguments[0]);
    int dimension = Integer.parseInt(arguments[1]);
    float[] coordinates = new float[Math.multiplyExact(size, dimension)];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = (float) random.nextGaussian();
    }
    PointCloud cloud = PointCloud.wrapFloats(MemorySegment.ofArray(coordinates), size, dimension);
    for (int threads = 1; threads <= 2; threads++) {
      double first = seconds(cloud, threads);
      double best = Double.POSITIVE_INFINITY;
      for (int repetition = 0; repetition < 4; repetition++) {
        best = Math.min(best, seconds(cloud, threads));
      }
      System.out.printf("%d %.3f %.3f%n", threads, first, best);
    }
  }

  private static double seconds(PointCloud cloud, int threads) {
    long start = System.nanoTime();
    DistanceMatrix distances = cloud.distances(threads);
    double seconds = (System.nanoTime() - start) * 1e-9;
    if (!(distances.distance(1, 0) > 0)) {
      throw new AssertionError("no distance");
    }
    return seconds;
  }
}
