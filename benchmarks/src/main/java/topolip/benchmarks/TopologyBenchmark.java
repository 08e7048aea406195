package topolip.benchmarks;

import java.util.List;
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
import topolip.diagram.GroundNorm;
import topolip.diagram.Wasserstein;
import topolip.geometry.DistanceMatrix;
import topolip.homology.PersistenceDiagram;
import topolip.homology.VietorisRips;

/// What one layer of a profile costs: homology of a cloud, and distances of two diagrams.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class TopologyBenchmark {
  @Param({"500", "1000"})
  public int size;

  private final Wasserstein wasserstein = new Wasserstein(1, GroundNorm.L_INFINITY);
  private DistanceMatrix distances = DistanceMatrix.wrap(0, new double[0]);
  private List<PersistenceDiagram> first = List.of();
  private List<PersistenceDiagram> second = List.of();

  @Setup
  public void measure() {
    distances = Clouds.gaussian(size, 512, 1).distances(1);
    first = VietorisRips.upTo(1).diagrams(distances);
    second = VietorisRips.upTo(1).diagrams(Clouds.gaussian(size, 256, 2).distances(1));
  }

  @Benchmark
  public List<PersistenceDiagram> homologyToDegreeOne() {
    return VietorisRips.upTo(1).diagrams(distances);
  }

  @Benchmark
  public double wassersteinInDegreeZero() {
    return wasserstein.distance(first.get(0), second.get(0));
  }

  @Benchmark
  public double wassersteinInDegreeOne() {
    return wasserstein.distance(first.get(1), second.get(1));
  }
}
