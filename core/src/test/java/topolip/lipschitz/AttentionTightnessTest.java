package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import topolip.lipschitz.AttentionBoundsTest.Pair;

/// How much of the bounds of attention is reached: by hill climbing over tokens, measures and
/// scores, and by constructions.
class AttentionTightnessTest {
  private static final int STEPS = 3000;

  /// Values 1 and scores −a on [−1, 1]: the shares are those of docs/theory.md.
  @Test
  void mostOfTheMeanFieldBoundIsReached() {
    Random random = new Random(2);
    double[] scores = {0.1, 0.5, 1, 2};
    double[] shares = {0.91, 0.88, 0.95, 0.95};
    for (int i = 0; i < scores.length; i++) {
      Attention attention = new Attention(List.of(onLine(-scores[i], 1)));
      double best = best(new double[14], z -> share(attention, z), random);
      assertThat(best).isCloseTo(shares[i], within(0.01));
    }
  }

  /// Two measures of four points.
  private static double share(Attention attention, double[] z) {
    double[][] x = {{z[0]}, {z[1]}, {z[2]}, {z[3]}};
    double[][] y = {{z[4]}, {z[5]}, {z[6]}, {z[7]}};
    double[] u = {Math.exp(8 * z[8]), Math.exp(8 * z[9]), Math.exp(8 * z[10]), 1};
    double[] v = {Math.exp(8 * z[11]), Math.exp(8 * z[12]), Math.exp(8 * z[13]), 1};
    return new Pair(attention, DiscreteMeasure.of(x, u), DiscreteMeasure.of(y, v), 1).share();
  }

  /// From where N − 1 tokens at −1 look at each other half of the time, and else at one at 1.
  @Test
  void aFixedShareOfTheTokenBoundIsReachedHoweverManyTokens() {
    Random random = new Random(4);
    int[] counts = {2, 4, 8, 16};
    double[] shares = {0.448, 0.318, 0.264, 0.243};
    for (int i = 0; i < counts.length; i++) {
      int n = counts[i];
      double best = best(apart(n), AttentionTightnessTest::tokenShare, random);
      assertThat(best).isCloseTo(shares[i], within(0.003));
    }
    // Of the construction itself: (1 + s) √(N − 1)/2 of a bound that grows like 2 √3 s √N.
    for (int n : new int[] {64, 256}) {
      double square = Math.log(n - 1) / 2;
      double reached = (1 + square) * Math.sqrt(n - 1) / 2;
      double bound =
          AttentionBounds.tokens(new Attention(List.of(onLine(-square, 1))), 1, n).value();
      assertThat(tokenShare(apart(n))).isGreaterThanOrEqualTo(reached / bound);
      assertThat(reached / bound).isGreaterThan(1 / (4 * Math.sqrt(3)));
    }
  }

  /// The score, and N tokens.
  private static double[] apart(int n) {
    double[] z = new double[n + 1];
    Arrays.fill(z, -1);
    z[0] = -Math.log(Math.max(n - 1, 1.5)) / 2 / SCORES;
    z[1] = 1;
    return z;
  }

  private static final double SCORES = 4;

  /// ‖DF(X)‖ by its largest singular value, over the bound at radius 1.
  private static double tokenShare(double[] z) {
    Attention attention = new Attention(List.of(onLine(SCORES * z[0], 1)));
    return tokenShare(attention, Arrays.copyOfRange(z, 1, z.length));
  }

  private static double tokenShare(Attention attention, double[] places) {
    double[][] tokens = new double[places.length][];
    Arrays.setAll(tokens, i -> new double[] {places[i]});
    double norm = AttentionTest.jacobianNorm(attention, DiscreteMeasure.uniform(tokens));
    return norm / AttentionBounds.tokens(attention, 1, tokens.length).value();
  }

  /// The norm of a sum over the sum of bounds: at most the largest share of a head, which equal
  /// heads reach.
  @Test
  void boundOfSeveralHeadsIsAsTightAsThatOfTheTightest() {
    Random random = new Random(5);
    for (int trial = 0; trial < 200; trial++) {
      AttentionHead one = onLine(random.nextDouble(-4, 4), random.nextDouble(-2, 2));
      AttentionHead other = onLine(random.nextDouble(-4, 4), random.nextDouble(-2, 2));
      double[] places = random.doubles(1 + trial % 6, -1, 1).toArray();
      double first = tokenShare(new Attention(List.of(one)), places);
      double second = tokenShare(new Attention(List.of(other)), places);
      assertThat(tokenShare(new Attention(List.of(one, other)), places))
          .isLessThanOrEqualTo(Math.max(first, second) * (1 + 1e-9));
      assertThat(tokenShare(new Attention(Collections.nCopies(3, one)), places))
          .isCloseTo(first, within(1e-9 * first));
    }
  }

  private static AttentionHead onLine(double score, double value) {
    DMatrixRMaj values = CommonOps_DDRM.identity(1);
    CommonOps_DDRM.scale(value, values);
    return AttentionHead.of(new DMatrixRMaj(new double[][] {{score}}), values);
  }

  /// The largest value found in the cube [−1, 1]^n from a start and eight random ones.
  private static double best(double[] start, ToDoubleFunction<double[]> value, Random random) {
    double best = climb(start, value, random);
    for (int i = 0; i < 8; i++) {
      best = Math.max(best, climb(random.doubles(start.length, -1, 1).toArray(), value, random));
    }
    return best;
  }

  /// By random steps.
  private static double climb(double[] start, ToDoubleFunction<double[]> value, Random random) {
    double[] at = start;
    double height = value.applyAsDouble(at);
    double step = 0.5;
    for (int i = 0; i < STEPS; i++) {
      double[] next = at.clone();
      for (int k = 0; k < next.length; k++) {
        if (random.nextInt(3) == 0) {
          next[k] = Math.clamp(next[k] + step * random.nextGaussian(), -1, 1);
        }
      }
      double reached = value.applyAsDouble(next);
      if (reached > height) {
        at = next;
        height = reached;
        step = Math.min(0.5, step * 1.5);
      } else {
        step = Math.max(1e-5, step * 0.97);
      }
    }
    return height;
  }
}
