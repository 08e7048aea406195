package topolip.homology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;
import topolip.geometry.SparseDistances;
import topolip.geometry.Workers;

class CostTest {
  private static DistanceMatrix random(int n, long seed) {
    return DistanceMatrix.wrap(n, new SplittableRandom(seed).doubles(n * (n - 1L) / 2).toArray());
  }

  @Test
  void completeGraphsAreCountedExactly() {
    DistanceMatrix equal = DistanceMatrix.wrap(20, new double[190]);

    Cost cost = VietorisRips.upTo(2).cost(equal);

    assertThat(cost.edges()).isEqualTo(190);
    assertThat(cost.simplices()).isCloseTo(20 + 190 + 1140 + 4845, within(1e-6));
  }

  @Test
  void simplicesOfRandomGraphsAreCountedByOrderOfMagnitude() {
    for (int seed = 0; seed < 10; seed++) {
      DistanceMatrix d = random(14, seed);
      double threshold = Math.min(0.7, d.enclosingRadius());
      int exact =
          BoundaryMatrixReduction.simplices(
                  14, v -> BoundaryMatrixReduction.diameter(d, v), 3, threshold)
              .size();

      Cost cost = VietorisRips.upTo(2).withThreshold(0.7).cost(d);

      assertThat(cost.simplices() / exact).isBetween(0.8, 1.25);
    }
  }

  @Test
  void sparseDistancesCostTheSameAsTheirMatrix() {
    double inf = Double.POSITIVE_INFINITY;
    DistanceMatrix d = DistanceMatrix.wrap(4, new double[] {1, inf, 1, inf, inf, 1});
    SparseDistances sparse =
        SparseDistances.of(4, new int[] {1, 2, 3}, new int[] {0, 1, 2}, new double[] {1, 1, 1});

    assertThat(VietorisRips.upTo(1).cost(sparse).edges()).isEqualTo(3);
    assertThat(VietorisRips.upTo(1).cost(d).edges()).isEqualTo(3);
    assertThat(VietorisRips.upTo(1).cost(sparse).simplices()).isEqualTo(7);
  }

  @Test
  void edgesAreCollapsedInAMatrixOfRanks() {
    SparseDistances path =
        SparseDistances.of(
            2000,
            IntStream.range(1, 2000).toArray(),
            IntStream.range(0, 1999).toArray(),
            new double[1999]);

    assertThat(VietorisRips.upTo(2).cost(path).bytes()).isLessThan(1 << 20);
    assertThat(VietorisRips.upTo(3).cost(path).bytes())
        .isBetween(4L * 2000 * 2000, 5L * 2000 * 2000);
  }

  private static DistanceMatrix normal(int n, int dimension, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] points = new double[n][dimension];
    for (double[] point : points) {
      Arrays.setAll(point, _ -> random.nextGaussian());
    }
    return PointCloud.of(points).distances(1);
  }

  /// In the plane few simplices make a column, in high dimension nearly all.
  @Test
  void columnsOfCechComplexesAreEstimatedByOrderOfMagnitude() {
    for (int dimension : new int[] {2, 8, 64}) {
      DistanceMatrix d = normal(40, dimension, dimension);
      EnclosingBalls balls = new EnclosingBalls(d);
      double bound = d.enclosingRadius();
      long columns = 0;
      for (int degree = 1; degree <= 2; degree++) {
        columns +=
            CechReduction.columns(
                    balls,
                    () -> new CechComplex(balls, bound, 3, 0),
                    degree,
                    _ -> false,
                    new Workers(1))
                .stream()
                .mapToLong(part -> part.length)
                .sum();
      }

      long bytes = Cech.upTo(2).cost(d).bytes() - CechCost.bytesBesidesColumns(40);

      assertThat(bytes / (256.0 * columns)).as("dimension %d", dimension).isBetween(0.5, 2.0);
      assertThat(bytes).isLessThan((long) CechCost.mostBytes(40, 2));
    }
  }

  @Test
  void simplicesOfCechComplexesAreCountedByOrderOfMagnitude() {
    DistanceMatrix d = normal(14, 3, 1);
    EnclosingBalls balls = new EnclosingBalls(d);
    double threshold = 0.6 * d.enclosingRadius();
    int exact =
        BoundaryMatrixReduction.simplices(
                14,
                v -> balls.radius(v.stream().mapToInt(i -> i).toArray(), v.size()),
                3,
                threshold)
            .size();

    Cost cost = Cech.upTo(2).withThreshold(threshold).cost(d);

    assertThat(cost.simplices() / exact).isBetween(0.8, 1.25);
  }

  @Test
  void cechRefusalNamesWhatWouldFit() {
    Cech cech = Cech.upTo(2);

    cech.requireFits(1000, 8L << 30, 8L << 30);
    assertThatThrownBy(() -> cech.requireFits(1000, 8L << 30, 2L << 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("degree 2 of 1,000 points takes about 8.0 GiB")
        .hasMessageContaining("there are 2.0 GiB; 500 of the points");
  }

  @Test
  void heapThatIsTooSmallIsRefusedWithWhatWouldFit() {
    Cost cost = new Cost(1, 40_000, 800_000_000, 1e13, 48L << 30, 100);

    cost.requireFits(48L << 30);
    assertThatThrownBy(() -> cost.requireFits(12L << 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("48.0 GiB")
        .hasMessageContaining("12.0 GiB")
        .hasMessageContaining("20,000 of the points")
        .hasMessageContaining("200,000,000 edges");
  }

  @Test
  void readsAsWords() {
    assertThat(new Cost(1, 1000, 450_000, 7.3e7, 60L << 20, 1.9))
        .hasToString("1,000 points, 450,000 edges, about 7e+07 simplices, 60 MiB, 2 s");
  }
}
