package topolip.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;

/// Pairwise distances of activations, against the loop that one writes first.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class DistanceBenchmark {
  @Param({"4096", "65536"})
  public int dimension;

  private PointCloud cloud = Clouds.gaussian(1, 1, 1);

  @Setup
  public void fill() {
    cloud = Clouds.gaussian(500, dimension, 1);
  }

  @Benchmark
  public DistanceMatrix tiledOneThread() {
    return cloud.distances(1);
  }

  @Benchmark
  public DistanceMatrix tiledTwoThreads() {
    return cloud.distances(2);
  }

  @Benchmark
  public double[] pairByPair() {
    int size = cloud.size();
    double[] lower = new double[size * (size - 1) / 2];
    int p = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int k = 0; k < dimension; k++) {
          double difference = cloud.coordinate(i, k) - cloud.coordinate(j, k);
          sum += difference * difference;
        }
        lower[p++] = Math.sqrt(sum);
      }
    }
    return lower;
  }
}
