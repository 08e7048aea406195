package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class AttentionBoundsTest {
  /// Attention and two measures in a ball.
  record Pair(Attention attention, DiscreteMeasure one, DiscreteMeasure other, double radius) {

    double quotient() {
      double before = one.wasserstein(other);
      return before < 1e-9 ? 0 : attention.apply(one).wasserstein(attention.apply(other)) / before;
    }

    /// How much of A1's sharper form is reached.
    double share() {
      return quotient() / AttentionBounds.meanFieldSharp(attention, radius).value();
    }
  }

  private static double[][] inBall(double[][] points, double radius) {
    for (double[] point : points) {
      double length = Vectors.length(point);
      for (int k = 0; k < point.length; k++) {
        point[k] *= Math.min(1, radius / length) * (1 - 1e-15);
      }
    }
    return points;
  }

  private static double[][] points(int count, int d, double radius, Random random) {
    double[][] points = DiscreteMeasureTest.gaussian(count, d, random);
    for (double[] point : points) {
      double length = Vectors.length(point);
      double target = radius * (random.nextInt(3) == 0 ? 1 : random.nextDouble());
      for (int k = 0; k < d; k++) {
        point[k] *= target / length;
      }
    }
    return inBall(points, radius);
  }

  private static double[] weights(int count, Random random) {
    return IntStream.range(0, count).mapToDouble(i -> -Math.log(1 - random.nextDouble())).toArray();
  }

  /// Independent measures half of the time, else a small change of one in points and weights.
  private static Pair pair(int trial, Random random) {
    int d = 1 + trial % 3;
    double radius = Math.exp(random.nextDouble() * 3 - 2);
    double scale = Math.exp(random.nextDouble() * 4 - 3) / Math.sqrt(d);
    Attention attention = AttentionTest.random(1 + trial % 3 / 2, d, d, scale, random);
    int n = 1 + random.nextInt(5);
    double[][] x = points(n, d, radius, random);
    double[] a = weights(n, random);
    if (trial % 2 == 0) {
      int m = 1 + random.nextInt(5);
      return new Pair(
          attention,
          DiscreteMeasure.of(x, a),
          DiscreteMeasure.of(points(m, d, radius, random), weights(m, random)),
          radius);
    }
    double step = Math.exp(-random.nextDouble() * 8);
    double[][] y = new double[n][];
    double[] b = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = x[i].clone();
      Vectors.add(step, points(1, d, radius, random)[0], y[i]);
      b[i] = a[i] * (1 + step * random.nextDouble());
    }
    return new Pair(
        attention, DiscreteMeasure.of(x, a), DiscreteMeasure.of(inBall(y, radius), b), radius);
  }

  @Test
  void meanFieldBoundsHoldInTenThousandTrials() {
    Random random = new Random(1);
    double largest = 0;
    for (int trial = 0; trial < 10_000; trial++) {
      Pair pair = pair(trial, random);
      double quotient = pair.quotient();
      double sharp = AttentionBounds.meanFieldSharp(pair.attention(), pair.radius()).value();
      double simple = AttentionBounds.meanField(pair.attention(), pair.radius()).value();
      assertThat(quotient).isLessThanOrEqualTo(sharp * (1 + 1e-9));
      assertThat(sharp).isLessThanOrEqualTo(simple * (1 + 1e-12));
      largest = Math.max(largest, quotient / sharp);
    }
    assertThat(largest).isBetween(0.5, 1.0);
  }

  /// Where scores are small, attention is the mean, and A1 is reached.
  @Test
  void meanFieldBoundIsReachedAsScoresVanish() {
    for (double a : new double[] {0, 1e-3, 1e-2}) {
      DMatrixRMaj scores = new DMatrixRMaj(new double[][] {{a}});
      AttentionHead head = AttentionHead.of(scores, CommonOps_DDRM.identity(1));
      Pair pair =
          new Pair(
              new Attention(List.of(head)),
              DiscreteMeasure.uniform(new double[][] {{1}}),
              DiscreteMeasure.uniform(new double[][] {{1 - 1e-4}}),
              1);
      assertThat(pair.share()).isBetween(1 - 6 * a - 1e-9, 1 + 1e-9);
    }
  }

  /// A query at R hardly looks at itself if A = −a, and e^{2aR²} times as much at −R: moving a
  /// small share ε there moves W_1 by 2Rε and the output by 2Rε e^{2aR²}. The exponent of A1 cannot
  /// be lowered.
  @Test
  void exponentOfTheMeanFieldBoundIsReached() {
    for (double square : new double[] {0.5, 1, 3}) {
      double radius = 2;
      DMatrixRMaj scores = new DMatrixRMaj(new double[][] {{-square / (radius * radius)}});
      AttentionHead head = AttentionHead.of(scores, CommonOps_DDRM.identity(1));
      double share = 1e-4 * Math.exp(-2 * square);
      Pair pair =
          new Pair(
              new Attention(List.of(head)),
              DiscreteMeasure.of(new double[][] {{2}, {-2}}, new double[] {1 - share, share}),
              DiscreteMeasure.uniform(new double[][] {{2}}),
              radius);
      assertThat(pair.quotient() / Math.exp(2 * square)).isCloseTo(1, within(1e-3));
      assertThat(pair.share()).isBetween(0.9 / (1 + 2 * square), 1.0);
    }
  }

  @Test
  void tokenBoundHoldsForQuotientsAndDerivatives() {
    Random random = new Random(3);
    double largest = 0;
    for (int trial = 0; trial < 10_000; trial++) {
      int d = 1 + trial % 3;
      int n = 1 + random.nextInt(5);
      double radius = Math.exp(random.nextDouble() * 3 - 2);
      double scale = Math.exp(random.nextDouble() * 4 - 3) / Math.sqrt(d);
      Attention attention = AttentionTest.random(1 + trial % 2, d, d, scale, random);
      double[][] x = points(n, d, radius, random);
      double[][] y = points(n, d, radius, random);
      DiscreteMeasure fx = attention.apply(DiscreteMeasure.uniform(x));
      DiscreteMeasure fy = attention.apply(DiscreteMeasure.uniform(y));
      double bound = AttentionBounds.tokens(attention, radius, n).value();
      double before = frobenius(x, y);
      double after = frobenius(fx.sharedPoints(), fy.sharedPoints());
      double quotient = before < 1e-9 ? 0 : after / before;
      double local =
          AttentionBounds.local(attention, DiscreteMeasure.uniform(x), 10, trial).value();
      assertThat(Math.max(quotient, local)).isLessThanOrEqualTo(bound);
      largest = Math.max(largest, Math.max(quotient, local) / bound);
    }
    // A single token and no scores.
    assertThat(largest).isBetween(0.99 / Math.sqrt(3), 1 / Math.sqrt(3));
  }

  private static double frobenius(double[][] x, double[][] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double distance = Vectors.distance(x[i], y[i]);
      sum += distance * distance;
    }
    return Math.sqrt(sum);
  }

  @Test
  void boundsOfHeadsAreAdded() {
    Random random = new Random(5);
    Attention both = AttentionTest.random(2, 3, 2, 0.5, random);
    double sum = 0;
    for (AttentionHead head : both.heads()) {
      sum += AttentionBounds.meanField(new Attention(List.of(head)), 1.5).value();
    }
    assertThat(AttentionBounds.meanField(both, 1.5).value()).isCloseTo(sum, within(1e-9 * sum));
  }

  @Test
  void whatOverflowsIsKeptAsALogarithm() {
    DMatrixRMaj scores = new DMatrixRMaj(new double[][] {{10}});
    Attention attention =
        new Attention(List.of(AttentionHead.of(scores, CommonOps_DDRM.identity(1))));
    Bound bound = AttentionBounds.meanField(attention, 10);
    assertThat(bound.logarithm()).isCloseTo(2000 + Math.log(3001), within(1e-9));
    assertThat(bound.value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(bound.isVacuous()).isTrue();
    assertThat(AttentionBounds.meanField(attention, 0).value()).isCloseTo(1, within(1e-15));
    assertThatThrownBy(() -> AttentionBounds.meanField(attention, -1))
        .hasMessage("radius must be finite and not negative: -1.0");
  }
}
