package topolip.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DistanceMatrixTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void medianIsTheMiddleOfTheSortedDistances() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 2; n < 60; n++) {
      double[] lower = new double[n * (n - 1) / 2];
      for (int p = 0; p < lower.length; p++) {
        lower[p] = n % 3 == 0 ? random.nextInt(3) : random.nextDouble();
      }
      double[] sorted = lower.clone();
      Arrays.sort(sorted);
      int m = sorted.length;
      double a = sorted[(m - 1) / 2];
      double expected = a + (sorted[m / 2] - a) / 2;
      assertThat(DistanceMatrix.wrap(n, lower).median()).isEqualTo(expected);
    }
  }

  @Test
  void onePointHasNoMedian() {
    assertThatThrownBy(() -> DistanceMatrix.wrap(1, new double[0]).median())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void enclosingRadiusIsTheLeastLargestDistance() {
    DistanceMatrix line = PointCloud.of(new double[][] {{0}, {1}, {3}, {7}}).distances(1);

    assertThat(line.enclosingRadius()).isEqualTo(4);
    assertThat(DistanceMatrix.of(new double[][] {{0, INF}, {INF, 0}}).enclosingRadius())
        .isEqualTo(INF);
  }

  @Test
  void subsetNumbersPointsAnew() {
    DistanceMatrix line = PointCloud.of(new double[][] {{0}, {1}, {3}, {7}}).distances(1);
    DistanceMatrix subset = line.subset(3, 0, 2);

    assertThat(subset.size()).isEqualTo(3);
    assertThat(subset.distance(0, 1)).isEqualTo(7);
    assertThat(subset.distance(2, 0)).isEqualTo(4);
    assertThat(subset.distance(1, 2)).isEqualTo(3);
    assertThatThrownBy(() -> line.subset(1, 1)).hasMessageContaining("once");
  }

  @Test
  void whatIsNoDistanceMatrixIsRefused() {
    assertThatThrownBy(() -> DistanceMatrix.of(new double[][] {{0, 1}, {2, 0}}))
        .hasMessage("not symmetric: (1, 0) is 2.0, but (0, 1) is 1.0");
    assertThatThrownBy(() -> DistanceMatrix.of(new double[][] {{0, 1}, {1, 3}}))
        .hasMessage("the distance of point 1 to itself is 3.0, not 0");
    assertThatThrownBy(() -> DistanceMatrix.of(new double[][] {{0, 1}, {1}}))
        .hasMessage("row 1 has 1 distances, but there are 2 rows");
    assertThatThrownBy(() -> DistanceMatrix.of(new double[][] {{0, -1}, {-1, 0}}))
        .hasMessage("distance 0 of the lower triangle is -1.0");
    assertThatThrownBy(() -> DistanceMatrix.wrap(3, new double[] {1, 2, Double.NaN}))
        .hasMessage("distance 2 of the lower triangle is NaN");
    assertThatThrownBy(() -> DistanceMatrix.wrap(3, new double[2]))
        .hasMessage("3 points have 3 distances, not 2");
    assertThatThrownBy(() -> DistanceMatrix.wrap(65_537, new double[0]))
        .hasMessage("a distance matrix holds at most 65,536 points, not 65,537");
  }
}
