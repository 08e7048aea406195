package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topolip.homology.PersistenceDiagram;

class WassersteinTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static Offset<Double> close(double expected) {
    return within(1e-12 * Math.max(1, expected));
  }

  @ParameterizedTest
  @CsvSource({
    "1, L_INFINITY, 1",
    "1.5, L_INFINITY, 1",
    "2, L_INFINITY, 1",
    "3, L_INFINITY, 1",
    "1, L_2, 1",
    "1.5, L_2, 1",
    "2, L_2, 1",
    "7, L_2, 1",
    "1, L_1, 1",
    "2, L_1, 1",
    "2.5, L_1, 1",
    "1, L_ORDER, 1",
    "1.5, L_ORDER, 1",
    "3, L_ORDER, 1",
    "1, L_INFINITY, 0",
    "2, L_INFINITY, 0",
    "1, L_2, 0",
    "2.5, L_2, 0",
    "1, L_1, 0",
    "2, L_1, 0",
    "3, L_ORDER, 0"
  })
  void equalsTheLeastCostOverAllMatchings(double order, GroundNorm ground, double birth) {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 150; round++) {
      double grid = round % 3 == 0 ? 0.25 : 0;
      int essential = round % 4 == 0 ? random.nextInt(3) : 0;
      PersistenceDiagram a = RandomDiagrams.of(random.nextInt(6), essential, birth, grid, random);
      PersistenceDiagram b = RandomDiagrams.of(random.nextInt(6), essential, birth, grid, random);
      double expected = new AllMatchings(a, b, order, exponent(order, ground)).distance();
      assertThat(new Wasserstein(order, ground).distance(a, b))
          .isCloseTo(expected, close(expected));
    }
  }

  private static double exponent(double order, GroundNorm ground) {
    return switch (ground) {
      case L_INFINITY -> INF;
      case L_2 -> 2;
      case L_1 -> 1;
      case L_ORDER -> order;
    };
  }

  @ParameterizedTest
  @CsvSource({"1, L_INFINITY, 1", "2, L_INFINITY, 1", "1, L_2, 0.2", "3, L_2, 1", "2, L_2, 0"})
  void equalsTheAssignmentOfPointsAndDiagonals(double order, GroundNorm ground, double birth) {
    SplittableRandom random = new SplittableRandom(12);
    for (int round = 0; round < 25; round++) {
      double grid = round % 3 == 0 ? 0.125 : 0;
      PersistenceDiagram a = RandomDiagrams.of(20 + random.nextInt(30), 0, birth, grid, random);
      PersistenceDiagram b = RandomDiagrams.of(20 + random.nextInt(30), 0, birth, grid, random);
      double expected = Math.pow(DenseAssignment.cost(costs(a, b, order, ground)), 1 / order);
      assertThat(new Wasserstein(order, ground).distance(a, b))
          .isCloseTo(expected, close(expected));
    }
  }

  /// Points of a and diagonal copies for b, against points of b and diagonal copies for a.
  private static double[][] costs(
      PersistenceDiagram a, PersistenceDiagram b, double order, GroundNorm ground) {
    int n = a.size();
    int m = b.size();
    double[][] costs = new double[n + m][n + m];
    for (int i = 0; i < n + m; i++) {
      for (int j = 0; j < n + m; j++) {
        if (i < n || j < m) {
          double births = i < n && j < m ? a.birth(i) - b.birth(j) : 0;
          double deaths = i < n && j < m ? a.death(i) - b.death(j) : 0;
          if (i >= n || j >= m) {
            PersistenceDiagram d = i < n ? a : b;
            int k = i < n ? i : j;
            deaths = (d.death(k) - d.birth(k)) / 2;
            births = deaths;
          }
          double distance =
              switch (ground) {
                case L_2 -> Math.hypot(births, deaths);
                case L_INFINITY -> Math.max(Math.abs(births), Math.abs(deaths));
                case L_1 -> Math.abs(births) + Math.abs(deaths);
                case L_ORDER -> throw new IllegalArgumentException("no oracle");
              };
          costs[i][j] = Math.pow(distance, order);
        }
      }
    }
    return costs;
  }

  @Test
  void pointsOnALineCostWhatTheyCostInThePlane() {
    SplittableRandom random = new SplittableRandom(13);
    for (int round = 0; round < 50; round++) {
      Wasserstein metric =
          new Wasserstein(
              1 + random.nextInt(3), round % 2 == 0 ? GroundNorm.L_INFINITY : GroundNorm.L_2);
      PersistenceDiagram a = RandomDiagrams.of(60, 0, 0, round % 3 == 0 ? 0.1 : 0, random);
      PersistenceDiagram b = RandomDiagrams.of(40, 0, 0, 0, random);
      DiagramPoints x = DiagramPoints.of(a);
      DiagramPoints y = DiagramPoints.of(b);
      MatchingCost cost = new MatchingCost(metric);
      PlaneMatching plane = new PlaneMatching(cost, x, y, 0);
      double line = cost(cost, x, y, new LineMatching(cost).mates(x, y));
      assertThat(line).isCloseTo(cost(cost, x, y, plane.mates()), close(line));
      assertThat(line).isCloseTo(plane.lowerBound(), close(line));
    }
  }

  private static double cost(MatchingCost cost, DiagramPoints a, DiagramPoints b, int[] mates) {
    double total = Arrays.stream(cost.diagonals(b.persistences())).sum();
    for (int i = 0; i < mates.length; i++) {
      int j = mates[i];
      total +=
          j < 0
              ? cost.diagonal(a.persistence(i))
              : cost.pair(a.births()[i] - b.births()[j], a.deaths()[i] - b.deaths()[j])
                  - cost.diagonal(b.persistence(j));
    }
    return total;
  }

  @Test
  void isSymmetricToTheLastBit() {
    SplittableRandom random = new SplittableRandom(14);
    for (int round = 0; round < 100; round++) {
      Wasserstein metric =
          new Wasserstein(
              1 + random.nextInt(3), round % 2 == 0 ? GroundNorm.L_INFINITY : GroundNorm.L_2);
      PersistenceDiagram a = RandomDiagrams.of(random.nextInt(40), 1, round % 2, 0, random);
      PersistenceDiagram b = RandomDiagrams.of(random.nextInt(40), 1, round % 2, 0, random);
      assertThat(metric.distance(b, a)).isEqualTo(metric.distance(a, b));
    }
  }

  @Test
  void satisfiesTheTriangleInequality() {
    SplittableRandom random = new SplittableRandom(15);
    for (int round = 0; round < 100; round++) {
      Wasserstein metric =
          new Wasserstein(
              1 + random.nextInt(3), round % 2 == 0 ? GroundNorm.L_INFINITY : GroundNorm.L_2);
      PersistenceDiagram a = RandomDiagrams.of(25, 1, 1, 0, random);
      PersistenceDiagram b = RandomDiagrams.of(20, 1, 1, 0, random);
      PersistenceDiagram c = RandomDiagrams.of(30, 1, 1, 0, random);
      assertThat(metric.distance(a, c))
          .isLessThanOrEqualTo(metric.distance(a, b) + metric.distance(b, c) + 1e-12);
    }
  }

  @Test
  void equalDiagramsHaveDistanceZeroAndOthersNot() {
    SplittableRandom random = new SplittableRandom(16);
    for (double birth : new double[] {0, 1}) {
      PersistenceDiagram a = RandomDiagrams.of(200, 2, birth, 0.05, random);
      PersistenceDiagram b = RandomDiagrams.of(200, 2, birth, 0.05, random);
      for (double order : new double[] {1, 2, 10}) {
        Wasserstein metric = new Wasserstein(order, GroundNorm.L_INFINITY);
        assertThat(metric.distance(a, a)).isZero();
        assertThat(metric.distance(a, b)).isPositive();
      }
    }
  }

  @Test
  void movedPointsCostAtMostTheirMove() {
    SplittableRandom random = new SplittableRandom(17);
    PersistenceDiagram a = RandomDiagrams.of(300, 0, 1, 0, random);
    double[] births = new double[300];
    double[] deaths = new double[300];
    for (int i = 0; i < 300; i++) {
      births[i] = a.birth(i) + 1e-6 * random.nextDouble(-1, 1);
      deaths[i] = a.death(i) + 1e-6 * random.nextDouble(-1, 1);
    }
    PersistenceDiagram b = PersistenceDiagram.of(1, births, deaths);

    assertThat(new Wasserstein(1, GroundNorm.L_INFINITY).distance(a, b))
        .isPositive()
        .isLessThan(300e-6);
    assertThat(new Wasserstein(2, GroundNorm.L_INFINITY).distance(a, b))
        .isPositive()
        .isLessThan(Math.sqrt(300) * 1e-6);
  }

  @Test
  void unitOfTheDiagramsIsTheUnitOfTheDistance() {
    SplittableRandom random = new SplittableRandom(18);
    PersistenceDiagram a = RandomDiagrams.of(30, 1, 1, 0, random);
    PersistenceDiagram b = RandomDiagrams.of(30, 1, 1, 0, random);
    Wasserstein metric = new Wasserstein(10, GroundNorm.L_2);
    double distance = metric.distance(a, b);

    for (double unit : new double[] {0x1p-900, 0x1p900}) {
      assertThat(metric.distance(a.scaled(unit), b.scaled(unit))).isEqualTo(distance * unit);
    }
  }

  @Test
  void emptyDiagramIsAsFarAsTheDiagonal() {
    PersistenceDiagram one = PersistenceDiagram.of(0, new double[] {1}, new double[] {3});
    PersistenceDiagram none = PersistenceDiagram.of(0, new double[0], new double[0]);

    assertThat(new Wasserstein(1, GroundNorm.L_INFINITY).distance(one, none)).isEqualTo(1);
    assertThat(new Wasserstein(2, GroundNorm.L_2).distance(none, one))
        .isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(new Wasserstein(1, GroundNorm.L_2).distance(none, none)).isZero();
  }

  @Test
  void essentialClassesAreNeverDropped() {
    PersistenceDiagram one = PersistenceDiagram.of(0, new double[] {1}, new double[] {INF});
    PersistenceDiagram two = PersistenceDiagram.of(0, new double[] {1, 2}, new double[] {INF, INF});
    PersistenceDiagram far = PersistenceDiagram.of(0, new double[] {5, 3}, new double[] {INF, INF});
    Wasserstein metric = new Wasserstein(1, GroundNorm.L_INFINITY);

    assertThat(metric.distance(one, two)).isEqualTo(INF);
    assertThat(metric.distance(two, far)).isEqualTo(2 + 3);
  }

  @Test
  void manyEqualPointsTerminate() {
    double[] births = new double[500];
    double[] deaths = new double[500];
    Arrays.fill(births, 1);
    Arrays.fill(deaths, 2);
    PersistenceDiagram a = PersistenceDiagram.of(1, births, deaths);
    births[0] = 0.5;
    PersistenceDiagram b =
        PersistenceDiagram.of(1, Arrays.copyOf(births, 300), Arrays.copyOf(deaths, 300));

    assertThat(new Wasserstein(1, GroundNorm.L_INFINITY).distance(a, b))
        .isCloseTo(0.5 + 200 * 0.5, within(1e-10));
  }

  /// Power-of-2 factors and shifts along the diagonal that do not round change nothing.
  @ParameterizedTest
  @CsvSource({"1, L_INFINITY, 1", "2, L_2, 1", "1.5, L_ORDER, 1", "20, L_1, 1", "2, L_2, 0"})
  void scalesWithItsDiagramsAndIgnoresShifts(double order, GroundNorm ground, double birth) {
    SplittableRandom random = new SplittableRandom(18);
    Wasserstein metric = new Wasserstein(order, ground);
    PersistenceDiagram a = RandomDiagrams.of(120, 1, birth, 0x1p-20, random);
    PersistenceDiagram b = RandomDiagrams.of(100, 1, birth, 0x1p-20, random);
    double distance = metric.distance(a, b);
    for (int exponent : new int[] {-1000, -500, 500, 1015}) {
      double factor = Math.scalb(1.0, exponent);
      assertThat(metric.distance(a.scaled(factor), b.scaled(factor))).isEqualTo(distance * factor);
    }
    double far = 0x1p25;
    assertThat(metric.distance(RandomDiagrams.mapped(a, 1, far), RandomDiagrams.mapped(b, 1, far)))
        .isCloseTo(distance, close(distance));
  }

  @Test
  void powersThatVanishAreRefused() {
    PersistenceDiagram a = PersistenceDiagram.of(1, new double[] {0, 0}, new double[] {1, .5});
    PersistenceDiagram b = PersistenceDiagram.of(1, new double[] {0, 0}, new double[] {1, .501});
    assertThat(new Wasserstein(90, GroundNorm.L_INFINITY).distance(a, b))
        .isCloseTo(1e-3, within(1e-12));
    assertThat(new Wasserstein(200, GroundNorm.L_INFINITY).distance(a, a)).isZero();
    assertThatThrownBy(() -> new Wasserstein(200, GroundNorm.L_INFINITY).distance(a, b))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("order 200.0 is too high");
  }

  @Test
  void hugeDiagramsDoNotOverflow() {
    PersistenceDiagram one = PersistenceDiagram.of(1, new double[] {-1e308}, new double[] {1e308});
    PersistenceDiagram two =
        PersistenceDiagram.of(1, new double[] {-1e308, -1e308}, new double[] {1e308, 1e308});
    assertThat(new Wasserstein(1, GroundNorm.L_INFINITY).distance(one, two))
        .isCloseTo(1e308, within(1e295));
  }

  @Test
  void highOrdersOfSmallPersistencesDoNotVanish() {
    PersistenceDiagram a = PersistenceDiagram.of(1, new double[] {1e6}, new double[] {1e6 + 1e-3});
    PersistenceDiagram empty = PersistenceDiagram.of(1, new double[0], new double[0]);
    double half = (a.death(0) - a.birth(0)) / 2;

    assertThat(new Wasserstein(60, GroundNorm.L_INFINITY).distance(a, empty))
        .isCloseTo(half, within(1e-12 * half));
  }

  /// One diagram far from the other, so that near points are no candidates; many points with ties.
  @ParameterizedTest
  @CsvSource({"1, L_INFINITY", "2, L_INFINITY", "1, L_2", "2, L_2", "2, L_1"})
  void diagramsFarApartAreMatchedOptimally(double order, GroundNorm ground) {
    SplittableRandom random = new SplittableRandom(19);
    for (double grid : new double[] {0, 0.125}) {
      PersistenceDiagram a = longLived(130, 0, grid, random);
      PersistenceDiagram b = longLived(150, 3, grid, random);
      double expected = Math.pow(DenseAssignment.cost(costs(a, b, order, ground)), 1 / order);
      assertThat(new Wasserstein(order, ground).distance(a, b))
          .isCloseTo(expected, close(expected));
    }
  }

  private static PersistenceDiagram longLived(
      int size, double shift, double grid, SplittableRandom random) {
    PersistenceDiagram diagram = RandomDiagrams.of(size, 0, 1, grid, random);
    double[] births = new double[size];
    double[] deaths = new double[size];
    for (int i = 0; i < size; i++) {
      births[i] = diagram.birth(i) + shift;
      deaths[i] = diagram.death(i) + shift + 10;
    }
    return PersistenceDiagram.of(1, births, deaths);
  }

  /// Points of GUDHI's tests and documentation; irrational values by GUDHI 3.7.1.
  @Test
  void equalsDocumentedValues() {
    PersistenceDiagram a = PersistenceDiagram.of(1, new double[] {0, 4}, new double[] {2, 6});
    PersistenceDiagram b = PersistenceDiagram.of(1, new double[] {0, 4}, new double[] {3, 8});
    PersistenceDiagram empty = PersistenceDiagram.of(1, new double[0], new double[0]);
    PersistenceDiagram c =
        PersistenceDiagram.of(1, new double[] {2.7, 9.6, 34.2}, new double[] {3.7, 14, 34.974});
    PersistenceDiagram d =
        PersistenceDiagram.of(1, new double[] {2.8, 9.5}, new double[] {4.45, 14.1});

    assertThat(new Wasserstein(1, GroundNorm.L_INFINITY).distance(a, b)).isEqualTo(3);
    assertThat(new Wasserstein(2, GroundNorm.L_INFINITY).distance(a, b)).isEqualTo(Math.sqrt(5));
    assertThat(new Wasserstein(2, GroundNorm.L_INFINITY).distance(a, empty))
        .isEqualTo(Math.sqrt(2));
    assertThat(new Wasserstein(1, GroundNorm.L_2).distance(c, d))
        .isCloseTo(1.4453593023967701, within(1e-14));
    assertThat(new Wasserstein(2, GroundNorm.L_2).distance(c, d))
        .isCloseTo(0.9444776334037748, within(1e-14));
  }

  @Test
  void pointsOnTheDiagonalChangeNothing() {
    PersistenceDiagram a = PersistenceDiagram.of(1, new double[] {0, 1, 7}, new double[] {2, 1, 7});
    PersistenceDiagram b = PersistenceDiagram.of(1, new double[] {0, 4}, new double[] {3, 4});
    for (GroundNorm ground : GroundNorm.values()) {
      assertThat(new Wasserstein(2, ground).distance(a, b)).isEqualTo(1);
    }
  }

  @Test
  void anInterruptCancels() {
    SplittableRandom random = new SplittableRandom(20);
    for (double birth : new double[] {0, 1}) {
      PersistenceDiagram a = RandomDiagrams.of(50, 0, birth, 0, random);
      PersistenceDiagram b = RandomDiagrams.of(50, 0, birth, 0, random);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> new Wasserstein(1, GroundNorm.L_2).distance(a, b))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void wrongCallsAreRefused() {
    PersistenceDiagram zero = PersistenceDiagram.of(0, new double[0], new double[0]);
    PersistenceDiagram one = PersistenceDiagram.of(1, new double[0], new double[0]);

    assertThatThrownBy(() -> new Wasserstein(1, GroundNorm.L_2).distance(zero, one))
        .hasMessage("diagrams of degrees 0 and 1 have no distance");
    assertThatThrownBy(() -> new Wasserstein(0.5, GroundNorm.L_2)).hasMessageContaining("0.5");
    assertThatThrownBy(() -> new Wasserstein(Double.NaN, GroundNorm.L_2))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Wasserstein(INF, GroundNorm.L_2)).hasMessageContaining("Inf");
  }
}
