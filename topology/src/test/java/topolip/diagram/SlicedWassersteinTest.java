package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import topolip.homology.PersistenceDiagram;

class SlicedWassersteinTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final PersistenceDiagram EMPTY =
      PersistenceDiagram.of(1, new double[0], new double[0]);

  /// From the definition: projections, and an optimal assignment of these for every direction.
  private static double byAssignment(PersistenceDiagram a, PersistenceDiagram b, int directions) {
    double total = 0;
    for (int k = 0; k < directions; k++) {
      double angle = -Math.PI / 2 + Math.PI * (k + 0.5) / directions;
      double[] x = projections(a, b, angle);
      double[] y = projections(b, a, angle);
      double[][] costs = new double[x.length][x.length];
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < x.length; j++) {
          costs[i][j] = Math.abs(x[i] - y[j]);
        }
      }
      total += DenseAssignment.cost(costs);
    }
    return total / directions;
  }

  private static double[] projections(PersistenceDiagram a, PersistenceDiagram b, double angle) {
    double[] projections = new double[a.size() + b.size()];
    for (int i = 0; i < a.size(); i++) {
      projections[i] = a.birth(i) * Math.cos(angle) + a.death(i) * Math.sin(angle);
    }
    for (int i = 0; i < b.size(); i++) {
      double middle = (b.birth(i) + b.death(i)) / 2;
      projections[a.size() + i] = middle * Math.cos(angle) + middle * Math.sin(angle);
    }
    return projections;
  }

  @Test
  void equalsAssignmentsOfProjections() {
    SplittableRandom random = new SplittableRandom(61);
    for (int round = 0; round < 30; round++) {
      PersistenceDiagram a = RandomDiagrams.of(random.nextInt(20), 0, 1, 0, random);
      PersistenceDiagram b = RandomDiagrams.of(random.nextInt(20), 0, 1, 0, random);
      int directions = 1 + random.nextInt(30);
      assertThat(new SlicedWasserstein(directions).distance(a, b))
          .isCloseTo(byAssignment(a, b, directions), within(1e-13));
    }
  }

  /// One point at persistence s: |sin θ − cos θ| s / 2, whose mean is √2 s / π.
  @Test
  void tendsToTheIntegralWithTheSquareOfTheDirections() {
    PersistenceDiagram point = PersistenceDiagram.of(1, new double[] {3}, new double[] {5});
    double integral = Math.sqrt(2) * 2 / Math.PI;
    double few = Math.abs(new SlicedWasserstein(10).distance(point, EMPTY) - integral);
    double many = Math.abs(new SlicedWasserstein(1000).distance(point, EMPTY) - integral);

    assertThat(few).isLessThan(0.02);
    assertThat(many).isLessThan(1e-6);
  }

  @Test
  void essentialClassesAreTheLimitOfALargeCommonDeath() {
    PersistenceDiagram a = PersistenceDiagram.of(1, new double[] {0, 2}, new double[] {INF, INF});
    PersistenceDiagram b = PersistenceDiagram.of(1, new double[] {1, 5}, new double[] {INF, INF});
    double large = 1e5;
    PersistenceDiagram c =
        PersistenceDiagram.of(1, new double[] {0, 2}, new double[] {large, large});
    PersistenceDiagram d =
        PersistenceDiagram.of(1, new double[] {1, 5}, new double[] {large, large});
    SlicedWasserstein metric = new SlicedWasserstein(2000);

    assertThat(metric.distance(a, b)).isCloseTo(metric.distance(c, d), within(1e-3));
    assertThat(metric.distance(a, EMPTY)).isInfinite();
  }

  /// Theorem 3.3 of Carrière, Cuturi and Oudot: SW ≤ 2 √2 W_1.
  @Test
  void isAtMostAMultipleOfTheWassersteinDistance() {
    SplittableRandom random = new SplittableRandom(62);
    SlicedWasserstein metric = new SlicedWasserstein(50);
    for (int round = 0; round < 40; round++) {
      PersistenceDiagram a = RandomDiagrams.of(30, 0, 1, 0, random);
      PersistenceDiagram b = RandomDiagrams.of(20, 0, 1, 0, random);
      double wasserstein = new Wasserstein(1, GroundNorm.L_INFINITY).distance(a, b);
      assertThat(metric.distance(a, b)).isPositive().isLessThan(2 * Math.sqrt(2) * wasserstein);
    }
  }

  @Test
  void isAMetricThatScalesAndIgnoresShiftsAlongTheDiagonal() {
    SplittableRandom random = new SplittableRandom(63);
    SlicedWasserstein metric = new SlicedWasserstein(20);
    for (int round = 0; round < 40; round++) {
      PersistenceDiagram a = RandomDiagrams.of(30, 1, 1, 0, random);
      PersistenceDiagram b = RandomDiagrams.of(20, 1, 1, 0, random);
      PersistenceDiagram c = RandomDiagrams.of(25, 1, 1, 0, random);
      double distance = metric.distance(a, b);
      assertThat(metric.distance(b, a)).isEqualTo(distance);
      assertThat(metric.distance(a, a)).isZero();
      assertThat(metric.distance(a, c)).isLessThan(distance + metric.distance(b, c) + 1e-12);
      assertThat(metric.distance(a.scaled(0x1p900), b.scaled(0x1p900)))
          .isEqualTo(0x1p900 * distance);
      assertThat(metric.distance(RandomDiagrams.mapped(a, 1, 16), RandomDiagrams.mapped(b, 1, 16)))
          .isCloseTo(distance, within(1e-11));
    }
  }

  @Test
  void wrongCallsAreRefusedAndInterruptsCancel() {
    assertThatThrownBy(() -> new SlicedWasserstein(0))
        .hasMessage("directions must be at least 1: 0");
    assertThatThrownBy(() ->
            new SlicedWasserstein(5)
                .distance(EMPTY, PersistenceDiagram.of(0, new double[0], new double[0])))
        .hasMessage("diagrams of degrees 1 and 0 have no distance");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new SlicedWasserstein(5).distance(EMPTY, EMPTY))
        .isInstanceOf(CancellationException.class);
  }
}
