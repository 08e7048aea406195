package topolip.homology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.SparseDistances;

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
