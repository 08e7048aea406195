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
import topolip.diagram.Bottleneck;
import topolip.diagram.GroundNorm;
import topolip.diagram.SlicedWasserstein;
import topolip.diagram.Wasserstein;
import topolip.homology.PersistenceDiagram;

/// Distances of two random diagrams, and of two that almost coincide.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class DiagramBenchmark {
  @Param({"UNIFORM", "NORMAL", "DEGREE_ZERO"})
  public String kind = "";

  @Param({"1000", "5000"})
  public int size;

  private final Wasserstein first = new Wasserstein(1, GroundNorm.L_INFINITY);
  private final Wasserstein second = new Wasserstein(2, GroundNorm.L_2);
  private final SlicedWasserstein sliced = new SlicedWasserstein(50);
  private PersistenceDiagram a = Diagrams.UNIFORM.random(0, 1);
  private PersistenceDiagram b = a;
  private PersistenceDiagram moved = a;

  @Setup
  public void generate() {
    a = Diagrams.valueOf(kind).random(size, 1);
    b = Diagrams.valueOf(kind).random(size, 2);
    moved = Diagrams.moved(a, 1e-6, 3);
  }

  @Benchmark
  public double wasserstein1() {
    return first.distance(a, b);
  }

  @Benchmark
  public double wasserstein2() {
    return second.distance(a, b);
  }

  @Benchmark
  public double wasserstein2NearlyEqual() {
    return second.distance(a, moved);
  }

  @Benchmark
  public double bottleneck() {
    return new Bottleneck().distance(a, b);
  }

  @Benchmark
  public double slicedWasserstein() {
    return sliced.distance(a, b);
  }
}
