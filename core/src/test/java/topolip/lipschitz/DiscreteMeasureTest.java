package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiscreteMeasureTest {

  static double[][] gaussian(int count, int dimension, Random random) {
    double[][] points = new double[count][dimension];
    for (double[] point : points) {
      Arrays.setAll(point, k -> random.nextGaussian());
    }
    return points;
  }

  /// Points repeated as often as their weights say.
  private static double[][] repeated(double[][] points, int[] counts) {
    return IntStream.range(0, points.length)
        .boxed()
        .flatMap(i -> IntStream.range(0, counts[i]).mapToObj(copy -> points[i]))
        .toArray(double[][]::new);
  }

  /// The least mean distance over all permutations.
  private static double cheapestPermutation(double[][] x, double[][] y) {
    return cheapest(x, y, 0, new boolean[y.length]) / x.length;
  }

  private static double cheapest(double[][] x, double[][] y, int i, boolean[] taken) {
    if (i == x.length) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < y.length; j++) {
      if (!taken[j]) {
        taken[j] = true;
        least = Math.min(least, Vectors.distance(x[i], y[j]) + cheapest(x, y, i + 1, taken));
        taken[j] = false;
      }
    }
    return least;
  }

  @Test
  void equalWeightsMeanTheCheapestPermutation() {
    Random random = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      int n = 1 + trial % 7;
      double[][] x = gaussian(n, 1 + trial % 3, random);
      double[][] y = gaussian(n, 1 + trial % 3, random);
      assertThat(DiscreteMeasure.uniform(x).wasserstein(DiscreteMeasure.uniform(y)))
          .isCloseTo(cheapestPermutation(x, y), within(1e-12));
    }
  }

  @Test
  void weightsAreRepetitions() {
    Random random = new Random(2);
    for (int trial = 0; trial < 200; trial++) {
      int[] a = trial % 2 == 0 ? new int[] {1, 2, 4} : new int[] {3, 3, 1};
      int[] b = trial % 3 == 0 ? new int[] {5, 2} : new int[] {1, 1, 2, 3};
      double[][] x = gaussian(a.length, 2, random);
      double[][] y = gaussian(b.length, 2, random);
      DiscreteMeasure from = DiscreteMeasure.of(x, Arrays.stream(a).asDoubleStream().toArray());
      DiscreteMeasure to = DiscreteMeasure.of(y, Arrays.stream(b).asDoubleStream().toArray());
      assertThat(from.wasserstein(to))
          .isCloseTo(cheapestPermutation(repeated(x, a), repeated(y, b)), within(1e-12));
    }
  }

  /// On a line, W_1 is the area between the distribution functions.
  @Test
  void onALineItIsTheAreaBetweenDistributionFunctions() {
    Random random = new Random(3);
    for (int trial = 0; trial < 50; trial++) {
      double[][] x = gaussian(40, 1, random);
      double[][] y = gaussian(25, 1, random);
      double[] a = random.doubles(40).toArray();
      double[] b = random.doubles(25).toArray();
      DiscreteMeasure from = DiscreteMeasure.of(x, a);
      DiscreteMeasure to = DiscreteMeasure.of(y, b);
      double[] cuts =
          IntStream.range(0, 65)
              .mapToDouble(i -> i < 40 ? x[i][0] : y[i - 40][0])
              .sorted()
              .toArray();
      double area = 0;
      for (int c = 1; c < cuts.length; c++) {
        double between = below(from, cuts[c - 1]) - below(to, cuts[c - 1]);
        area += Math.abs(between) * (cuts[c] - cuts[c - 1]);
      }
      assertThat(from.wasserstein(to)).isCloseTo(area, within(1e-12));
    }
  }

  private static double below(DiscreteMeasure measure, double cut) {
    return IntStream.range(0, measure.size())
        .filter(i -> measure.point(i)[0] <= cut)
        .mapToDouble(measure::weight)
        .sum();
  }

  @Test
  void distancesAreThoseOfPot() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("transport-pot.csv"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().skip(4).toList()) {
        String[] cells = line.split(",", -1);
        int n = Integer.parseInt(cells[0]);
        int m = Integer.parseInt(cells[1]);
        int d = Integer.parseInt(cells[2]);
        boolean equal = cells[3].equals("equal");
        DiscreteMeasure from = measure(wave(n, d, false), i -> equal ? 1 : 1 + 7 * i % 5, equal);
        DiscreteMeasure to = measure(wave(m, d, true), j -> equal ? 1 : 1 + 3 * j % 4, equal);
        double expected = Double.parseDouble(cells[4]);
        assertThat(from.wasserstein(to)).as(line).isCloseTo(expected, within(1e-12));
        assertThat(to.wasserstein(from)).as(line).isCloseTo(expected, within(1e-12));
      }
    }
  }

  private static double[][] wave(int count, int dimension, boolean cosine) {
    double[][] points = new double[count][dimension];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < dimension; k++) {
        double angle = 1.7 * i + 2.3 * k + 0.5 * i * k;
        points[i][k] = cosine ? Math.cos(angle + 1) : Math.sin(angle);
      }
    }
    return points;
  }

  private static DiscreteMeasure measure(
      double[][] points, IntUnaryOperator weight, boolean equal) {
    double[] weights = IntStream.range(0, points.length).map(weight).asDoubleStream().toArray();
    return equal ? DiscreteMeasure.uniform(points) : DiscreteMeasure.of(points, weights);
  }

  @Test
  void dualityProvesTheCost() {
    Random random = new Random(4);
    for (int trial = 0; trial < 20; trial++) {
      double[][] x = gaussian(80, 3, random);
      double[][] y = gaussian(60, 3, random);
      DiscreteMeasure from = DiscreteMeasure.of(x, random.doubles(80).toArray());
      DiscreteMeasure to = DiscreteMeasure.of(y, random.doubles(60).toArray());
      Masses masses = Masses.of(from, to);
      double[] costs = new double[80 * 60];
      Arrays.setAll(costs, k -> Vectors.distance(x[k / 60], y[k % 60]));
      TransportSimplex simplex = new TransportSimplex(costs, masses.supplies(), masses.demands());
      double dual = simplex.dual(masses.supplies(), masses.demands());
      assertThat(dual).isLessThanOrEqualTo(simplex.cost() + 1e-13);
      assertThat(dual).isCloseTo(simplex.cost(), within(1e-12));
    }
  }

  /// Points on a grid with many equal distances: the degenerate case.
  @Test
  void shiftedGridsMoveByTheShift() {
    double[][] grid = new double[400][2];
    for (int i = 0; i < 400; i++) {
      grid[i] = new double[] {Math.floorDiv(i, 20), i % 20};
    }
    DiscreteMeasure from = DiscreteMeasure.uniform(grid);
    DiscreteMeasure to = from.pushforward(x -> new double[] {x[0] + 3, x[1] + 4});
    assertThat(from.wasserstein(to)).isCloseTo(5, within(1e-12));
    assertThat(from.wasserstein(from)).isZero();
  }

  @Test
  void pushforwardMovesPointsAndKeepsWeights() {
    DiscreteMeasure measure =
        DiscreteMeasure.of(new double[][] {{1, 0}, {0, 0}, {0, 2}}, new double[] {3, 0, 1});
    DiscreteMeasure image = measure.pushforward(x -> new double[] {x[0] + x[1]});
    assertThat(image.size()).isEqualTo(2);
    assertThat(image.weight(0)).isEqualTo(0.75);
    assertThat(image.point(1)).containsExactly(2);
    assertThat(measure.radius()).isEqualTo(2);
  }

  @Test
  void badMeasuresAreRefused() {
    assertThatThrownBy(() -> DiscreteMeasure.uniform(new double[0][]))
        .hasMessage("a probability measure needs a point");
    assertThatThrownBy(() -> DiscreteMeasure.uniform(new double[][] {{1}, {1, 2}}))
        .hasMessage("points differ in dimension: point 0 has 1, point 1 has 2");
    assertThatThrownBy(() -> DiscreteMeasure.uniform(new double[][] {{Double.NaN}}))
        .hasMessage("point 0 has the coordinate NaN");
    assertThatThrownBy(() -> DiscreteMeasure.of(new double[][] {{1}}, new double[] {-1}))
        .hasMessage("weights must not be negative: -1.0");
    DiscreteMeasure line = DiscreteMeasure.uniform(new double[][] {{1}});
    DiscreteMeasure plane = DiscreteMeasure.uniform(new double[][] {{1, 2}});
    assertThatThrownBy(() -> line.wasserstein(plane)).hasMessage("measures of dimensions 1 and 2");
    DiscreteMeasure far = DiscreteMeasure.uniform(new double[][] {{1e200}});
    assertThatThrownBy(() -> line.wasserstein(far))
        .hasMessage("points 0 and 0 have no finite distance");
  }
}
