package topolip.homology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;

/// What every filtration must do, on points: diagrams equal those of the whole boundary matrix over
/// several fields, whatever the threads, and representatives are what they say.
abstract class FiltrationContract {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final int[] PRIMES = {2, 3, 5};

  /// Two values of the filtration are the same if they differ by no more than rounding.
  private static final double ROUNDING = 1e-7;

  abstract Filtration filtration(int maxDegree, double threshold, int prime, int threads);

  /// When a simplex appears, from the definition.
  abstract double value(double[][] points, List<Integer> vertices);

  /// Random points, of which some are equal, collinear or cocircular every other time.
  private static double[][] points(int round, int n, SplittableRandom random) {
    double[][] points = new double[n][1 + round % 4];
    for (double[] point : points) {
      for (int k = 0; k < point.length; k++) {
        point[k] = round % 2 == 0 ? random.nextDouble() : random.nextInt(3);
      }
    }
    return points;
  }

  private List<BoundaryMatrixReduction.Simplex> simplices(
      double[][] points, int maxDegree, double threshold) {
    return BoundaryMatrixReduction.simplices(
        points.length, v -> value(points, v), maxDegree + 1, threshold);
  }

  private static DistanceMatrix distances(double[][] points) {
    return PointCloud.of(points).distances(1);
  }

  private static List<double[]> intervals(PersistenceDiagram diagram) {
    return IntStream.range(0, diagram.size())
        .mapToObj(i -> new double[] {diagram.birth(i), diagram.death(i)})
        .filter(x -> x[1] - x[0] > ROUNDING)
        .sorted((x, y) -> Arrays.compare(rounded(x), rounded(y)))
        .toList();
  }

  private static double[] rounded(double[] interval) {
    return Arrays.stream(interval).map(x -> Math.rint(x / ROUNDING)).toArray();
  }

  private static void assertSame(
      List<PersistenceDiagram> actual, List<PersistenceDiagram> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int k = 0; k < actual.size(); k++) {
      List<double[]> a = intervals(actual.get(k));
      List<double[]> b = intervals(expected.get(k));
      assertThat(a).as("degree %d", k).hasSameSizeAs(b);
      for (int i = 0; i < a.size(); i++) {
        assertThat(a.get(i)[0]).isCloseTo(b.get(i)[0], within(ROUNDING));
        assertThat(a.get(i)[1] == b.get(i)[1] || Math.abs(a.get(i)[1] - b.get(i)[1]) < ROUNDING)
            .as("deaths %s and %s", a.get(i)[1], b.get(i)[1])
            .isTrue();
      }
    }
  }

  @Test
  void equalsTheReductionOfTheWholeBoundaryMatrix() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 120; round++) {
      double[][] points = points(round, 2 + random.nextInt(8), random);
      int prime = PRIMES[round % PRIMES.length];
      double threshold = round % 5 == 0 ? 0.3 + random.nextDouble() : INF;
      assertSame(
          filtration(2, threshold, prime, 1).diagrams(distances(points)),
          BoundaryMatrixReduction.diagrams(simplices(points, 2, threshold), 2, prime));
    }
  }

  @Test
  void threadsDoNotMatter() {
    SplittableRandom random = new SplittableRandom(12);
    for (int round = 0; round < 6; round++) {
      DistanceMatrix d = distances(points(round + 2, 40, random));
      int prime = PRIMES[round % PRIMES.length];
      List<PersistenceDiagram> alone = filtration(2, INF, prime, 1).diagrams(d);
      for (int threads = 2; threads <= 5; threads++) {
        assertThat(filtration(2, INF, prime, threads).diagrams(d)).isEqualTo(alone);
      }
    }
  }

  @Test
  void threadsDoNotMatterForRepresentatives() {
    SplittableRandom random = new SplittableRandom(16);
    for (int round = 0; round < 3; round++) {
      DistanceMatrix d = distances(points(round + 2, 30, random));
      int prime = PRIMES[round % PRIMES.length];
      List<Representative> alone = filtration(2, INF, prime, 1).representatives(d);
      for (int threads = 2; threads <= 4; threads++) {
        assertThat(filtration(2, INF, prime, threads).representatives(d)).isEqualTo(alone);
      }
    }
  }

  @Test
  void representativesTellHowFarTheyHaveCome() {
    DistanceMatrix d = distances(points(2, 30, new SplittableRandom(17)));
    List<Integer> finished = new ArrayList<>();
    filtration(2, INF, 2, 1)
        .representatives(
            d,
            (degree, done, total) -> {
              if (done == total) {
                finished.add(degree);
              }
            });
    assertThat(finished).contains(1, 2);
  }

  @Test
  void renumberedRepresentativesKeepTheirOrientation() {
    DistanceMatrix d = distances(points(2, 12, new SplittableRandom(18)));
    for (Representative c : filtration(1, INF, 3, 1).representatives(d)) {
      assertThat(c.renumbered(v -> v)).isEqualTo(c);
      assertThat(c.renumbered(v -> 10 * v + 1).renumbered(v -> v / 10)).isEqualTo(c);
      if (c.degree() == 1) {
        assertThatThrownBy(() -> c.renumbered(v -> -v))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("in another order");
      }
    }
  }

  @Test
  void representativesHaveTheIntervalsOfTheDiagrams() {
    SplittableRandom random = new SplittableRandom(13);
    for (int round = 0; round < 20; round++) {
      DistanceMatrix d = distances(points(round, 20, random));
      Filtration filtration = filtration(2, INF, PRIMES[round % PRIMES.length], 1);
      List<Representative> classes = filtration.representatives(d);
      for (PersistenceDiagram diagram : filtration.diagrams(d)) {
        List<Representative> ofDegree =
            classes.stream().filter(c -> c.degree() == diagram.degree()).toList();
        assertThat(ofDegree.stream().mapToDouble(Representative::birth).toArray())
            .isEqualTo(IntStream.range(0, diagram.size()).mapToDouble(diagram::birth).toArray());
        assertThat(ofDegree.stream().mapToDouble(Representative::death).toArray())
            .isEqualTo(IntStream.range(0, diagram.size()).mapToDouble(diagram::death).toArray());
      }
    }
  }

  @Test
  void birthAndDeathSimplicesAppearAtBirthAndDeath() {
    SplittableRandom random = new SplittableRandom(14);
    for (int round = 0; round < 20; round++) {
      double[][] points = points(round, 12, random);
      for (Representative c : filtration(2, INF, 2, 1).representatives(distances(points))) {
        assertThat(c.birthSimplex()).hasSize(c.degree() + 1);
        assertThat(value(points, c.birthSimplex())).isCloseTo(c.birth(), within(ROUNDING));
        if (c.death() == INF) {
          assertThat(c.deathSimplex()).isEmpty();
        } else {
          assertThat(c.deathSimplex()).hasSize(c.degree() + 2);
          assertThat(value(points, c.deathSimplex())).isCloseTo(c.death(), within(ROUNDING));
        }
      }
    }
  }

  /// Between two values of the filtration, those alive are cocycles, and independent modulo
  /// coboundaries, as the rank of all columns together shows.
  @Test
  void cocyclesOfLivingClassesAreABasisOfCohomology() {
    SplittableRandom random = new SplittableRandom(15);
    for (int round = 0; round < 12; round++) {
      double[][] points = points(round, 9, random);
      int prime = PRIMES[round % PRIMES.length];
      List<Representative> classes =
          filtration(2, INF, prime, 1).representatives(distances(points));
      List<BoundaryMatrixReduction.Simplex> all = simplices(points, 2, INF);
      for (Representative at : classes) {
        double scale = at.death() == INF ? at.birth() + 1e-3 : (at.birth() + at.death()) / 2;
        if (at.death() - at.birth() < 4 * ROUNDING) {
          continue;
        }
        List<Representative> alive =
            classes.stream()
                .filter(c -> c.degree() == at.degree() && c.birth() <= scale && scale < c.death())
                .toList();
        CochainComplex complex = CochainComplex.at(all, scale, at.degree(), prime);
        for (Representative c : alive) {
          assertThat(complex.isCocycle(c.cocycle())).as("%s", c).isTrue();
        }
        List<List<Representative.Term>> cocycles =
            new ArrayList<>(alive.stream().map(Representative::cocycle).toList());
        assertThat(complex.rankModuloCoboundaries(cocycles)).isEqualTo(alive.size());
      }
    }
  }

  @Test
  void onePointIsOneClass() {
    for (int n = 0; n <= 1; n++) {
      List<PersistenceDiagram> diagrams =
          filtration(1, INF, 2, 1).diagrams(DistanceMatrix.wrap(n, new double[0]));
      assertThat(diagrams.get(0).size()).isEqualTo(n);
      assertThat(diagrams.get(1).size()).isZero();
    }
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> filtration(-1, INF, 2, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> filtration(1, Double.NaN, 2, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> filtration(1, INF, 4, 1)).hasMessageContaining("not 4");
    assertThatThrownBy(() -> filtration(1, INF, 32_771, 1)).hasMessageContaining("32,771");
    assertThatThrownBy(() -> filtration(1, INF, 2, 0)).hasMessageContaining("0");
  }

  @Test
  void interruptedThreadIsCancelled() {
    DistanceMatrix d = distances(points(2, 50, new SplittableRandom(7)));
    for (int threads = 1; threads <= 2; threads++) {
      Filtration filtration = filtration(2, INF, 2, threads);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> filtration.diagrams(d)).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }
}
