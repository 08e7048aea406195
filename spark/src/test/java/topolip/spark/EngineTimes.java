package topolip.spark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import topolip.cli.Cluster;
import topolip.engine.Engine;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.engine.Unit;
import topolip.engine.UnitFailure;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;
import topolip.homology.VietorisRips;

/// Times of the same units on several engines in turn: see `benchmarks/engines`.
final class EngineTimes {
  private static final Progress.Stage SILENT = Progress.NONE.begin("", 0);

  /// They need this class besides the program's.
  private static final Map<String, String> EXECUTORS =
      Map.of(
          "spark.executor.extraClassPath",
          EngineTimes.class.getProtectionDomain().getCodeSource().getLocation().getPath());

  private EngineTimes() {}

  /// Degree 1 of some of the points.
  private record Sub(long seed, int size) implements Unit<DistanceMatrix, Integer> {
    @Override
    public String name() {
      return "subsample " + seed;
    }

    @Override
    public Integer run(DistanceMatrix distances) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] samples = random.ints(0, distances.size()).distinct().limit(size).toArray();
      return VietorisRips.upTo(1).diagrams(distances.subset(samples)).get(1).size();
    }
  }

  /// @param arguments POINTS SIZE CALLS UNITS ROUNDS ENGINE…: so many calls of so many units, each
  ///   the homology of SIZE of the POINTS; an engine is a number of threads or a Spark master
  public static void main(String... arguments) throws IOException {
    List<Integer> numbers =
        IntStream.range(0, 5).mapToObj(i -> Integer.valueOf(arguments[i])).toList();
    List<DistanceMatrix> matrices =
        IntStream.range(0, numbers.get(2)).mapToObj(c -> matrix(c, numbers.get(0))).toList();
    List<Sub> units =
        IntStream.range(0, numbers.get(3)).mapToObj(u -> new Sub(u, numbers.get(1))).toList();
    for (int round = 0; round < numbers.get(4); round++) {
      for (String engine : List.of(arguments).subList(5, arguments.length)) {
        time(engine, matrices, units);
      }
    }
  }

  private static void time(String name, List<DistanceMatrix> matrices, List<Sub> units)
      throws IOException {
    long started = System.nanoTime();
    try (Engine engine = open(name)) {
      engine.run(matrices.getFirst(), units, SILENT);
      double ready = seconds(started);
      Duration cpu = cpu();
      started = System.nanoTime();
      long found = all(engine, matrices, units);
      System.out.printf(
          "%-28s start and first call %6.2f s; then %6.2f s, %7.2f CPU s; %,d intervals%n",
          name, ready, seconds(started), cpu().minus(cpu).toMillis() / 1e3, found);
    }
  }

  private static Engine open(String name) throws IOException {
    return name.matches("\\d+")
        ? new LocalEngine(Integer.parseInt(name))
        : SparkEngine.open(name, Cluster.Work.PROFILES, EXECUTORS, 1);
  }

  private static long all(Engine engine, List<DistanceMatrix> matrices, List<Sub> units)
      throws UnitFailure {
    List<Integer> found = new ArrayList<>();
    for (DistanceMatrix matrix : matrices) {
      found.addAll(engine.run(matrix, units, SILENT));
    }
    return found.stream().mapToLong(n -> n).sum();
  }

  private static DistanceMatrix matrix(long seed, int points) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] cloud = new double[points][];
    for (int i = 0; i < points; i++) {
      cloud[i] = random.doubles(16).toArray();
    }
    return PointCloud.of(cloud).distances(2);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /// Of this process and those that it started.
  private static Duration cpu() {
    ProcessHandle self = ProcessHandle.current();
    Duration total = self.info().totalCpuDuration().orElse(Duration.ZERO);
    for (ProcessHandle child : self.descendants().toList()) {
      total = total.plus(child.info().totalCpuDuration().orElse(Duration.ZERO));
    }
    return total;
  }
}
