package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import topolip.homology.PersistenceDiagram;

class BottleneckTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private final Bottleneck metric = new Bottleneck();

  @Test
  void equalsTheLeastOverAllMatchingsToTheLastBit() {
    SplittableRandom random = new SplittableRandom(51);
    for (int round = 0; round < 1500; round++) {
      double grid = round % 3 == 0 ? 0.25 : 0;
      int essential = round % 4 == 0 ? random.nextInt(3) : 0;
      double birth = round % 5 == 0 ? 0 : 1;
      PersistenceDiagram a = RandomDiagrams.of(random.nextInt(7), essential, birth, grid, random);
      PersistenceDiagram b = RandomDiagrams.of(random.nextInt(7), essential, birth, grid, random);
      assertThat(metric.distance(a, b)).isEqualTo(new AllMatchings(a, b, INF, INF).distance());
    }
  }

  @Test
  void equalsAThresholdSearchByAssignment() {
    SplittableRandom random = new SplittableRandom(52);
    for (int round = 0; round < 12; round++) {
      double grid = round % 3 == 0 ? 0.125 : 0;
      PersistenceDiagram a = RandomDiagrams.of(40, 0, 1, grid, random);
      PersistenceDiagram b = RandomDiagrams.of(30 + round, 0, round % 2, grid, random);
      double distance = metric.distance(a, b);
      assertThat(tooLong(a, b, distance)).isZero();
      if (distance > 0) {
        assertThat(tooLong(a, b, Math.nextDown(distance))).isPositive();
      }
    }
  }

  /// The least number of points and pairs beyond a radius, over all matchings.
  private static double tooLong(PersistenceDiagram a, PersistenceDiagram b, double radius) {
    int n = a.size();
    int m = b.size();
    double[][] costs = new double[n + m][n + m];
    for (int i = 0; i < n + m; i++) {
      for (int j = 0; j < n + m; j++) {
        double length = 0;
        if (i < n && j < m) {
          length = Math.max(Math.abs(a.birth(i) - b.birth(j)), Math.abs(a.death(i) - b.death(j)));
        } else if (i < n || j < m) {
          length = i < n ? (a.death(i) - a.birth(i)) / 2 : (b.death(j) - b.birth(j)) / 2;
        }
        costs[i][j] = length > radius ? 1 : 0;
      }
    }
    return DenseAssignment.cost(costs);
  }

  @Test
  void isSymmetricAndSatisfiesTheTriangleInequality() {
    SplittableRandom random = new SplittableRandom(53);
    for (int round = 0; round < 60; round++) {
      double birth = round % 2;
      PersistenceDiagram a = RandomDiagrams.of(50, 1, birth, 0, random);
      PersistenceDiagram b = RandomDiagrams.of(40, 1, birth, 0.1, random);
      PersistenceDiagram c = RandomDiagrams.of(60, 1, birth, 0, random);
      assertThat(metric.distance(a, b)).isEqualTo(metric.distance(b, a));
      assertThat(metric.distance(a, c))
          .isLessThanOrEqualTo(metric.distance(a, b) + metric.distance(b, c) + 1e-15);
      assertThat(metric.distance(a, a)).isZero();
    }
  }

  @Test
  void isTheLimitOfWassersteinDistancesFromBelow() {
    SplittableRandom random = new SplittableRandom(54);
    for (int round = 0; round < 20; round++) {
      PersistenceDiagram a = RandomDiagrams.of(30, 1, 1, 0, random);
      PersistenceDiagram b = RandomDiagrams.of(40, 1, 1, 0, random);
      double distance = metric.distance(a, b);
      double order = 200;
      double wasserstein = new Wasserstein(order, GroundNorm.L_INFINITY).distance(a, b);
      assertThat(distance).isLessThanOrEqualTo(wasserstein * (1 + 1e-12));
      assertThat(wasserstein).isLessThanOrEqualTo(distance * Math.pow(72, 1 / order) * (1 + 1e-12));
    }
  }

  @Test
  void movedPointsAreAtMostTheirMoveApart() {
    SplittableRandom random = new SplittableRandom(55);
    PersistenceDiagram a = RandomDiagrams.of(2000, 0, 1, 0, random);
    PersistenceDiagram b = RandomDiagrams.moved(a, 1e-6, random);

    assertThat(metric.distance(a, b)).isPositive().isLessThanOrEqualTo(1e-6);
  }

  @Test
  void scalesWithItsDiagramsAtAnyMagnitude() {
    SplittableRandom random = new SplittableRandom(56);
    PersistenceDiagram a = RandomDiagrams.of(60, 1, 1, 0, random);
    PersistenceDiagram b = RandomDiagrams.of(50, 1, 1, 0, random);
    double distance = metric.distance(a, b);
    for (int exponent : new int[] {-1000, -30, 1, 500, 1020}) {
      double factor = Math.scalb(1.0, exponent);
      assertThat(metric.distance(a.scaled(factor), b.scaled(factor))).isEqualTo(distance * factor);
    }
    assertThat(
            metric.distance(
                PersistenceDiagram.of(1, new double[] {-1.5e308}, new double[] {1.5e308}),
                PersistenceDiagram.of(1, new double[0], new double[0])))
        .isEqualTo(1.5e308);
  }

  @Test
  void essentialClassesAreMatchedAmongThemselves() {
    PersistenceDiagram a = PersistenceDiagram.of(0, new double[] {0, 1}, new double[] {INF, INF});
    PersistenceDiagram b = PersistenceDiagram.of(0, new double[] {3, 1}, new double[] {INF, INF});
    PersistenceDiagram c = PersistenceDiagram.of(0, new double[] {0}, new double[] {INF});

    assertThat(metric.distance(a, b)).isEqualTo(2);
    assertThat(metric.distance(a, c)).isInfinite();
  }

  /// The example of GUDHI's documentation.
  @Test
  void equalsTheDocumentedExample() {
    PersistenceDiagram a =
        PersistenceDiagram.of(
            1, new double[] {2.7, 9.6, 34.2, 3}, new double[] {3.7, 14, 34.974, INF});
    PersistenceDiagram b =
        PersistenceDiagram.of(1, new double[] {2.8, 9.5, 3.2}, new double[] {4.45, 14.1, INF});

    assertThat(metric.distance(a, b)).isCloseTo(0.75, within(1e-15));
  }

  @Test
  void manyEqualPointsTerminate() {
    double[] births = new double[3000];
    double[] deaths = new double[3000];
    Arrays.fill(births, 1);
    Arrays.fill(deaths, 2);
    PersistenceDiagram a = PersistenceDiagram.of(1, births, deaths);
    PersistenceDiagram b =
        PersistenceDiagram.of(1, Arrays.copyOf(births, 1000), Arrays.copyOf(deaths, 1000));

    assertThat(metric.distance(a, a)).isZero();
    assertThat(metric.distance(a, b)).isEqualTo(0.5);
  }

  @Test
  void anInterruptCancels() {
    PersistenceDiagram a = RandomDiagrams.of(50, 0, 1, 0, new SplittableRandom(57));
    PersistenceDiagram b = RandomDiagrams.of(50, 0, 1, 0, new SplittableRandom(58));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> metric.distance(a, b)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void diagramsOfDifferentDegreesAreRefused() {
    PersistenceDiagram zero = PersistenceDiagram.of(0, new double[0], new double[0]);
    PersistenceDiagram one = PersistenceDiagram.of(1, new double[0], new double[0]);

    assertThatThrownBy(() -> metric.distance(zero, one))
        .hasMessage("diagrams of degrees 0 and 1 have no distance");
  }
}
