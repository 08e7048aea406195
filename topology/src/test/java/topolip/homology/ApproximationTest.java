package topolip.homology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.Landmarks;
import topolip.geometry.Metric;
import topolip.geometry.PointCloud;
import topolip.geometry.SparseDistances;
import topolip.geometry.SparseRips;

/// Landmarks and sparse filtrations keep their promises: each diagram can be matched to the exact
/// one within the bound. Matchings are found by augmenting paths, from the definition.
class ApproximationTest {
  private interface Gap {
    /// The least bound within which two intervals may be matched, or one with the diagonal.
    boolean within(double[] a, double[] b);
  }

  private static List<double[]> intervals(PersistenceDiagram d) {
    List<double[]> intervals = new ArrayList<>();
    for (int i = 0; i < d.size(); i++) {
      intervals.add(new double[] {d.birth(i), d.death(i)});
    }
    return intervals;
  }

  /// Whether all long intervals of either diagram can be matched to intervals of the other.
  private static boolean areClose(
      PersistenceDiagram a,
      PersistenceDiagram b,
      Gap gap,
      java.util.function.Predicate<double[]> isLong) {
    return matches(intervals(a).stream().filter(isLong).toList(), intervals(b), gap)
        && matches(intervals(b).stream().filter(isLong).toList(), intervals(a), gap);
  }

  private static boolean matches(List<double[]> from, List<double[]> to, Gap gap) {
    int[] taken = new int[to.size()];
    java.util.Arrays.fill(taken, -1);
    for (int i = 0; i < from.size(); i++) {
      if (!augment(i, from, to, gap, taken, new boolean[to.size()])) {
        return false;
      }
    }
    return true;
  }

  private static boolean augment(
      int i, List<double[]> from, List<double[]> to, Gap gap, int[] taken, boolean[] seen) {
    for (int j = 0; j < to.size(); j++) {
      if (!seen[j] && gap.within(from.get(i), to.get(j))) {
        seen[j] = true;
        if (taken[j] < 0 || augment(taken[j], from, to, gap, taken, seen)) {
          taken[j] = i;
          return true;
        }
      }
    }
    return false;
  }

  private static PointCloud circle(int n, double noise, SplittableRandom random) {
    double[][] points = new double[n][];
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      points[i] =
          new double[] {
            Math.cos(angle) + noise * random.nextGaussian(),
            Math.sin(angle) + noise * random.nextGaussian(),
            noise * random.nextGaussian()
          };
    }
    return PointCloud.of(points);
  }

  @Test
  void landmarksMoveDiagramsByNoMoreThanTwiceTheCoveringRadius() {
    SplittableRandom random = new SplittableRandom(31);
    for (int round = 0; round < 10; round++) {
      DistanceMatrix d = circle(60, 0.1, random).distances(1);
      Landmarks landmarks = Landmarks.maxmin(d, 15 + round, 0);
      double bound = 2 * landmarks.coveringRadius() + 1e-12;
      List<PersistenceDiagram> exact = VietorisRips.upTo(1).diagrams(d);
      List<PersistenceDiagram> few = VietorisRips.upTo(1).diagrams(d.subset(landmarks.indices()));
      for (int k = 0; k <= 1; k++) {
        assertThat(
                areClose(
                    exact.get(k),
                    few.get(k),
                    (a, b) ->
                        Math.abs(a[0] - b[0]) <= bound
                            && (a[1] == b[1] || Math.abs(a[1] - b[1]) <= bound),
                    x -> x[1] - x[0] > 2 * bound))
            .isTrue();
      }
    }
  }

  @Test
  void sparseFiltrationsMoveValuesByNoMoreThanTheirFactor() {
    SplittableRandom random = new SplittableRandom(32);
    for (int round = 0; round < 24; round++) {
      PointCloud cloud = circle(60, round % 3 * 0.1, random);
      DistanceMatrix d = cloud.distances(1);
      double factor = 1 + new double[] {0.05, 0.3, 1, 3}[round % 4];
      SparseDistances sparse = new SparseRips(factor - 1).distances(cloud, Metric.EUCLIDEAN);
      List<PersistenceDiagram> exact = VietorisRips.upTo(2).diagrams(d);
      List<PersistenceDiagram> approximate = VietorisRips.upTo(2).diagrams(sparse);
      double slack = factor * (1 + 1e-12);
      for (int k = 0; k <= 2; k++) {
        assertThat(
                areClose(
                    exact.get(k),
                    approximate.get(k),
                    (a, b) -> isWithin(a[0], b[0], slack) && isWithin(a[1], b[1], slack),
                    x -> x[1] > slack * slack * x[0]))
            .as("degree %d, factor %s", k, factor)
            .isTrue();
      }
    }
  }

  private static boolean isWithin(double a, double b, double factor) {
    return a == b || (a <= factor * b && b <= factor * a);
  }

  @Test
  void sparseFiltrationsOfManyPointsHaveFewEdges() {
    PointCloud cloud = circle(1500, 0, new SplittableRandom(33));
    SparseDistances sparse = new SparseRips(1).distances(cloud, Metric.EUCLIDEAN);

    assertThat(sparse.edges()).isLessThan(1500 * 1499 / 2 / 10);
    assertThat(new SparseRips(1).distances(cloud.distances(1)).edges()).isEqualTo(sparse.edges());
    assertThat(new SparseRips(1).distances(cloud, Metric.MANHATTAN).edges())
        .isEqualTo(new SparseRips(1).distances(cloud.distances(Metric.MANHATTAN, 1)).edges());
    PersistenceDiagram loops = VietorisRips.upTo(1).diagrams(sparse).get(1);
    assertThat(intervals(loops).stream().filter(x -> x[1] > 4 * x[0] && x[1] > 0.5)).hasSize(1);
  }

  @Test
  void epsilonIsChecked() {
    assertThatThrownBy(() -> new SparseRips(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> new SparseRips(Double.NaN)).hasMessageContaining("NaN");
  }
}
