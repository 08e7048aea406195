package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static topolip.diagram.RandomDiagrams.points;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;
import topolip.homology.PersistenceDiagram;
import topolip.homology.VietorisRips;

/// Betti, Euler characteristic and entropy curves, silhouettes, and grids.
class CurvesTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void bettiCurveCountsTheIntervals() {
    RandomDiagrams random = new RandomDiagrams(5);
    for (int round = 0; round < 200; round++) {
      PersistenceDiagram diagram = random.next(10, round % 2 == 0 ? 0.125 : 0);
      StepFunction curve = BettiCurve.of(diagram);
      for (double t : new Grid(-1.25, 2.25, 57).values()) {
        long count =
            IntStream.range(0, diagram.size())
                .filter(i -> diagram.birth(i) <= t && t < diagram.death(i))
                .count();
        assertThat(curve.at(t)).isEqualTo((double) count);
      }
      assertThat(curve.norm(1)).isCloseTo(new TotalPersistence(1).of(diagram), within(1e-13));
    }
  }

  @Test
  void bettiCurveIsContinuousFromTheRight() {
    StepFunction curve = BettiCurve.of(points(-0.0, 1));
    assertThat(curve.at(Math.nextDown(0.0))).isZero();
    assertThat(curve.at(-0.0)).isEqualTo(1);
    assertThat(curve.at(Math.nextDown(1.0))).isEqualTo(1);
    assertThat(curve.at(1)).isZero();
  }

  @Test
  void essentialClassesCountForEverInBettiCurves() {
    StepFunction curve =
        BettiCurve.of(PersistenceDiagram.of(0, new double[] {0, 0}, new double[] {1, INF}));
    assertThat(curve.at(0.5)).isEqualTo(2);
    assertThat(curve.at(1e300)).isEqualTo(1);
    assertThat(curve.norm(2)).isEqualTo(INF);
    assertThat(curve.norm(INF)).isEqualTo(2);
  }

  @Test
  void normsOfStepsAreInClosedForm() {
    StepFunction curve = BettiCurve.of(points(0, 3, 1, 2));
    assertThat(curve.norm(2)).isCloseTo(Math.sqrt(1 + 4 + 1), within(1e-15));
    StepFunction difference = curve.minus(BettiCurve.of(points(1, 3)));
    assertThat(difference.norm(1)).isEqualTo(2);
    assertThat(difference.norm(3)).isCloseTo(Math.cbrt(2), within(1e-15));
    assertThat(BettiCurve.of(points()).norm(1)).isZero();
  }

  /// Stability of the Betti curve: ‖β − β'‖_1 ≤ 2 W_1 with the ground norm ℓ_∞.
  @Test
  void bettiCurvesAreAtMostTwiceAsFarAsTheDiagrams() {
    RandomDiagrams random = new RandomDiagrams(6);
    for (int round = 0; round < 200; round++) {
      PersistenceDiagram a = random.next(5, 0);
      PersistenceDiagram b = random.next(5, 0);
      double distance = BettiCurve.of(a).minus(BettiCurve.of(b)).norm(1);
      assertThat(distance)
          .isLessThanOrEqualTo(
              2 * new AllMatchings(a, b, 1, Double.POSITIVE_INFINITY).distance() + 1e-14);
    }
  }

  @Test
  void eulerCurveIsTheAlternatingSumOfSimplexCounts() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 20; round++) {
      double[][] cloud = new double[7][2];
      for (double[] point : cloud) {
        point[0] = random.nextInt(4);
        point[1] = random.nextInt(4);
      }
      DistanceMatrix distances = PointCloud.of(cloud).distances(1);
      List<PersistenceDiagram> diagrams = VietorisRips.upTo(5).diagrams(distances);
      StepFunction curve = EulerCurve.of(diagrams);
      for (double t : new Grid(-1, 6, 29).values()) {
        assertThat(curve.at(t)).as("%s", t).isEqualTo(eulerCharacteristic(distances, t));
      }
    }
  }

  /// Every nonempty set of points of diameter at most t is a simplex.
  private static int eulerCharacteristic(DistanceMatrix distances, double t) {
    int n = distances.size();
    int total = 0;
    for (int set = 1; set < 1 << n; set++) {
      double diameter = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          if ((set >> i & set >> j & 1) == 1) {
            diameter = Math.max(diameter, distances.distance(i, j));
          }
        }
      }
      if (diameter <= t) {
        total += Integer.bitCount(set) % 2 == 1 ? 1 : -1;
      }
    }
    return t < 0 ? 0 : total;
  }

  @Test
  void eulerCurveRefusesADegreeTwice() {
    assertThatThrownBy(() -> EulerCurve.of(List.of(points(0, 1), points(0, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 1]");
  }

  @Test
  void entropyOfEquallyLongIntervalsIsTheLogarithmOfTheirNumber() {
    assertThat(Entropy.of(points(0, 1, 5, 6, 2, 3))).isCloseTo(Math.log(3), within(1e-15));
    assertThat(Entropy.of(points(0, 1))).isZero();
    assertThat(Entropy.of(points())).isZero();
    assertThat(Entropy.of(points(0, 1, 0, 3)))
        .isCloseTo(0.25 * Math.log(4) - 0.75 * Math.log(0.75), within(1e-15));
  }

  @Test
  void entropyDoesNotChangeWithTheUnit() {
    PersistenceDiagram diagram = GudhiSummaries.diagram();
    assertThat(Entropy.of(diagram.scaled(0x1p1020))).isEqualTo(Entropy.of(diagram));
    assertThat(Entropy.of(diagram.scaled(0x1p-900))).isEqualTo(Entropy.of(diagram));
  }

  @Test
  void entropyCurveEndsWithZeroAndIsTheEntropyWhereAllIntervalsMeet() {
    PersistenceDiagram diagram = points(0, 2, 0.1, 1.7, 0.5, 1.1);
    StepFunction curve = Entropy.curve(diagram);
    assertThat(curve.at(1)).isCloseTo(Entropy.of(diagram), within(1e-15));
    assertThat(curve.at(2)).isEqualTo(0.0);
    assertThat(curve.norm(1)).isFinite();
  }

  @Test
  void silhouetteIsTheWeightedMeanOfTents() {
    RandomDiagrams random = new RandomDiagrams(8);
    for (int round = 0; round < 100; round++) {
      PersistenceDiagram diagram = random.next(10, 0);
      double power = 3 * random.nextDouble();
      PiecewiseLinear silhouette = new Silhouette(power).of(diagram);
      for (double t : new Grid(-1.25, 2.25, 57).values()) {
        double weights = 0;
        double weighted = 0;
        for (int i = 0; i < diagram.size(); i++) {
          double weight = Math.pow(diagram.death(i) - diagram.birth(i), power);
          weights += weight;
          weighted += weight * Math.max(0, Math.min(t - diagram.birth(i), diagram.death(i) - t));
        }
        double expected = weights == 0 ? 0 : weighted / weights;
        assertThat(silhouette.at(t)).isCloseTo(expected, within(1e-15));
      }
    }
  }

  @Test
  void integralOfASilhouetteIsTheWeightedMeanOfAreas() {
    assertThat(new Silhouette(1).of(points(0, 2, 5, 9)).integral())
        .isCloseTo((2 * 1 + 4 * 4) / 6.0, within(1e-15));
  }

  @Test
  void whatNeedsFiniteIntervalsRefusesEssentialClasses() {
    PersistenceDiagram diagram = PersistenceDiagram.of(2, new double[] {0}, new double[] {INF});
    assertThatThrownBy(() -> Entropy.of(diagram)).hasMessageContaining("entropy needs finite");
    assertThatThrownBy(() -> Entropy.curve(diagram)).hasMessageContaining("degree 2 has 1");
    assertThatThrownBy(() -> new Silhouette(1).of(diagram))
        .hasMessageContaining("a silhouette needs finite");
    assertThatThrownBy(() -> Grid.covering(List.of(diagram), 3))
        .hasMessageContaining("a covering grid needs finite");
  }

  @Test
  void gridCoversTheDiagrams() {
    assertThat(Grid.covering(List.of(points(1, 2), points(), points(-1, 1.5, 0, 3)), 5).values())
        .containsExactly(-1, 0, 1, 2, 3);
    assertThatThrownBy(() -> Grid.covering(List.of(points()), 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Grid(1, 1, 5)).hasMessageContaining("1.0, 1.0");
    assertThatThrownBy(() -> new Grid(0, 1, 1)).hasMessageContaining("at least 2");
  }
}
