package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static topolip.diagram.RandomDiagrams.points;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topolip.homology.PersistenceDiagram;

class LandscapeTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  /// The k-th largest tent at t, by sorting.
  private static double bruteForce(PersistenceDiagram diagram, int k, double t) {
    double[] tents =
        IntStream.range(0, diagram.size())
            .mapToDouble(i -> Math.max(0, Math.min(t - diagram.birth(i), diagram.death(i) - t)))
            .sorted()
            .toArray();
    return k <= tents.length ? tents[tents.length - k] : 0;
  }

  @Test
  void equalsSortingTheTents() {
    RandomDiagrams random = new RandomDiagrams(1);
    for (int round = 0; round < 300; round++) {
      PersistenceDiagram diagram = random.next(12, round % 2 == 0 ? 0.125 : 0);
      Landscape landscape = Landscape.of(diagram);
      for (int k = 1; k <= diagram.size() + 1; k++) {
        for (double t : new Grid(-1.25, 2.25, 57).values()) {
          assertThat(landscape.level(k).at(t)).isCloseTo(bruteForce(diagram, k, t), within(4e-16));
        }
      }
    }
  }

  @Test
  void criticalPointsOfTwoOverlappingIntervals() {
    Landscape landscape = Landscape.of(points(0, 4, 2, 6));
    assertThat(landscape.levels()).isEqualTo(2);
    assertThat(criticalPoints(landscape.level(1))).containsExactly(0, 0, 2, 2, 3, 1, 4, 2, 6, 0);
    assertThat(criticalPoints(landscape.level(2))).containsExactly(2, 0, 3, 1, 4, 0);
  }

  @Test
  void touchingIntervalsMeetAtZeroAndEqualOnesMakeEqualLevels() {
    assertThat(criticalPoints(Landscape.of(points(0, 2, 2, 4)).level(1)))
        .containsExactly(0, 0, 1, 1, 2, 0, 3, 1, 4, 0);
    Landscape twice = Landscape.of(points(0, 2, 0, 2));
    assertThat(twice.levels()).isEqualTo(2);
    assertThat(twice.level(1)).isEqualTo(twice.level(2));
    assertThat(Landscape.of(points(0, 2, 3, 4)).levels()).isEqualTo(1);
  }

  private static double[] criticalPoints(PiecewiseLinear f) {
    return IntStream.range(0, f.size())
        .mapToObj(i -> DoubleStream.of(f.x(i), f.y(i)))
        .flatMapToDouble(point -> point)
        .toArray();
  }

  @Test
  void intervalsBornTogetherHaveNoMoreCriticalPointsThanTheirTents() {
    Landscape landscape = Landscape.of(points(0, 2, 0, 4));
    assertThat(criticalPoints(landscape.level(1))).containsExactly(0, 0, 2, 2, 4, 0);
    assertThat(criticalPoints(landscape.level(2))).containsExactly(0, 0, 1, 1, 2, 0);
  }

  @Test
  void normsOfOneTentAreInClosedForm() {
    Landscape landscape = Landscape.of(points(1, 5));
    assertThat(landscape.norm(1)).isEqualTo(4);
    assertThat(landscape.norm(2)).isCloseTo(Math.sqrt(2 * 8 / 3.0), within(1e-15));
    assertThat(landscape.norm(3)).isCloseTo(Math.cbrt(2 * 16 / 4.0), within(1e-15));
    assertThat(landscape.norm(INF)).isEqualTo(2);
    assertThat(Landscape.of(points()).norm(2)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.5, 2, 3, 7})
  void distanceEqualsQuadrature(double order) {
    RandomDiagrams random = new RandomDiagrams(2);
    for (int round = 0; round < 20; round++) {
      PersistenceDiagram a = random.next(6, 0.125);
      PersistenceDiagram b = random.next(6, 0.125);
      double total = 0;
      for (int k = 1; k <= 6; k++) {
        int level = k;
        // Differences are linear between multiples of 1/16, but where they change sign.
        total +=
            Quadrature.integral(
                t -> Math.pow(Math.abs(bruteForce(a, level, t) - bruteForce(b, level, t)), order),
                -1,
                2,
                48 * 20);
      }
      assertThat(Landscape.of(a).distance(Landscape.of(b), order))
          .isCloseTo(Math.pow(total, 1 / order), within(1e-5));
    }
  }

  @Test
  void firstNormIsTheSumOfTheTentsAreas() {
    RandomDiagrams random = new RandomDiagrams(3);
    for (int round = 0; round < 50; round++) {
      PersistenceDiagram diagram = random.next(30, 0);
      double areas = new TotalPersistence(2).of(diagram) / 4;
      assertThat(Landscape.of(diagram).norm(1)).isCloseTo(areas, within(1e-13));
    }
  }

  @Test
  void supremumDistanceIsAtMostTheBottleneckDistance() {
    RandomDiagrams random = new RandomDiagrams(4);
    boolean isTight = false;
    for (int round = 0; round < 300; round++) {
      PersistenceDiagram a = random.next(5, 0);
      PersistenceDiagram b = random.next(5, 0);
      double bottleneck = bottleneck(a, b, 0, new boolean[b.size()]);
      double distance = Landscape.of(a).distance(Landscape.of(b), INF);
      assertThat(distance).isLessThanOrEqualTo(bottleneck + 1e-15);
      isTight |= a.size() > 1 && b.size() > 1 && distance > 0.99 * bottleneck;
    }
    assertThat(isTight).isTrue();
  }

  /// The least, over all matchings, of the largest ℓ_∞ distance.
  private static double bottleneck(
      PersistenceDiagram a, PersistenceDiagram b, int i, boolean[] taken) {
    if (i == a.size()) {
      return IntStream.range(0, b.size())
          .filter(j -> !taken[j])
          .mapToDouble(j -> (b.death(j) - b.birth(j)) / 2)
          .max()
          .orElse(0);
    }
    double best = Math.max((a.death(i) - a.birth(i)) / 2, bottleneck(a, b, i + 1, taken));
    for (int j = 0; j < b.size(); j++) {
      if (!taken[j]) {
        taken[j] = true;
        double pair =
            Math.max(Math.abs(a.birth(i) - b.birth(j)), Math.abs(a.death(i) - b.death(j)));
        best = Math.min(best, Math.max(pair, bottleneck(a, b, i + 1, taken)));
        taken[j] = false;
      }
    }
    return best;
  }

  @Test
  void meanIsTheMeanOfTheLevels() {
    Landscape mean =
        Landscape.mean(
            List.of(
                Landscape.of(points(0, 2)),
                Landscape.of(points(1, 3, 1, 2)),
                Landscape.of(points())));
    assertThat(mean.levels()).isEqualTo(2);
    assertThat(mean.level(1).at(1)).isCloseTo(1 / 3.0, within(1e-16));
    assertThat(mean.level(1).at(1.5)).isCloseTo((0.5 + 0.5) / 3, within(1e-16));
    assertThat(mean.level(2).at(1.5)).isCloseTo(0.5 / 3, within(1e-16));
    assertThatThrownBy(() -> Landscape.mean(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hugeUnitsChangeNothingButTheUnit() {
    PersistenceDiagram diagram = points(0, 4, 1, 3, 2, 7);
    double norm = Landscape.of(diagram).norm(4);
    double factor = 0x1p600;
    assertThat(Landscape.of(diagram.scaled(factor)).norm(4))
        .isCloseTo(norm * Math.pow(factor, 1.25), within(1e-12 * Math.pow(factor, 1.25)));
  }

  @Test
  void fewerLevelsAreTheFirstOnes() {
    PersistenceDiagram diagram = GudhiSummaries.diagram();
    Landscape all = Landscape.of(diagram);
    Landscape three = Landscape.of(diagram, 3);
    assertThat(three.levels()).isEqualTo(3);
    assertThat(three.level(3)).isEqualTo(all.level(3));
    assertThat(three.level(4).at(1.5)).isZero();
    assertThat(all.level(4).at(1.5)).isPositive();
  }

  @Test
  void essentialClassesAreRefusedUnlessTheyGetADeath() {
    PersistenceDiagram diagram =
        PersistenceDiagram.of(0, new double[] {0, 0}, new double[] {1, INF});
    assertThatThrownBy(() -> Landscape.of(diagram))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a landscape needs finite intervals, and the diagram of degree 0 has 1 essential: give"
                + " them a death (withEssentialDeath) or leave them out (withoutEssential)");
    assertThat(Landscape.of(diagram.withEssentialDeath(4)).norm(INF)).isEqualTo(2);
    assertThat(Landscape.of(diagram.withoutEssential()).norm(INF)).isEqualTo(0.5);
  }

  @Test
  void wrongCallsAreRefused() {
    Landscape landscape = Landscape.of(points(0, 2));
    assertThatThrownBy(() -> landscape.level(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> landscape.norm(0.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> landscape.norm(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> landscape.level(1).at(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
