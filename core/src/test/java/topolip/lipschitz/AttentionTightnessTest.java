package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import topolip.lipschitz.AttentionBoundsTest.Pair;

/// How much of the bounds of attention is reached by optimisation: hill climbing over tokens,
/// measures, scores and values. The shares are those of docs/theory.md.
class AttentionTightnessTest {
  private static final int STEPS = 3000;

  /// Values 1 and scores −a on [−1, 1].
  @Test
  void meanFieldBoundIsNearlyReached() {
    Random random = new Random(2);
    for (double a : new double[] {0.1, 0.5, 1, 2}) {
      DMatrixRMaj scores = new DMatrixRMaj(new double[][] {{-a}});
      AttentionHead head = AttentionHead.of(scores, CommonOps_DDRM.identity(1));
      Attention attention = new Attention(List.of(head));
      double best = climb(16, z -> measures(attention, z).share(), random);
      assertThat(best).isBetween(0.7, 1 + 1e-9);
    }
  }

  private static Pair measures(Attention attention, double[] z) {
    double[][] x = {{z[0]}, {z[1]}, {z[2]}, {z[3]}};
    double[][] y = {{z[8]}, {z[9]}, {z[10]}, {z[11]}};
    double[] u = {Math.exp(8 * z[4]), Math.exp(8 * z[5]), Math.exp(8 * z[6]), 1};
    double[] v = {Math.exp(8 * z[12]), Math.exp(8 * z[13]), Math.exp(8 * z[14]), 1};
    return new Pair(attention, DiscreteMeasure.of(x, u), DiscreteMeasure.of(y, v), 1);
  }

  /// One head, its scores and tokens in the plane being free. Without scores the share is 1/√(3N).
  @Test
  void tokenBoundIsLooseByTheRootOfTokens() {
    Random random = new Random(4);
    for (int n : new int[] {1, 2, 4, 8}) {
      double best =
          climb(6 + 2 * n, z -> tokenShare(new Attention(List.of(head(z, 0))), z, 6, n), random);
      assertThat(best).isBetween(0.999 / Math.sqrt(3 * n), 0.6);
    }
  }

  /// Two heads, each with scores and values of its own: A4 with A2, at free tokens.
  @Test
  void sumOfTokenBoundsIsAsTightAsOne() {
    Random random = new Random(5);
    for (int n : new int[] {1, 2, 4, 8}) {
      double best = climb(20 + 2 * n, z -> tokenShare(heads(z), z, 20, n), random);
      assertThat(best).isBetween(0.999 / Math.sqrt(3 * n), 0.6);
    }
  }

  /// Two heads on a line, with scores −a and −b and values of any sign: A4 with A1.
  @Test
  void sumOfMeanFieldBoundsIsNearlyReached() {
    Random random = new Random(6);
    for (double a : new double[] {0.1, 0.5, 1}) {
      double best =
          climb(
              18,
              z -> {
                Attention attention =
                    new Attention(List.of(onLine(-a, 1), onLine(a * z[16], 0.1 + Math.abs(z[17]))));
                return measures(attention, z).share();
              },
              random);
      assertThat(best).isBetween(0.5, 1 + 1e-9);
    }
  }

  private static AttentionHead onLine(double score, double value) {
    return AttentionHead.of(
        new DMatrixRMaj(new double[][] {{score}}), new DMatrixRMaj(new double[][] {{value}}));
  }

  /// From four scores, their size, and with ten numbers also four values.
  private static AttentionHead head(double[] z, int from) {
    double size = Math.exp(4 * z[from + 4]);
    DMatrixRMaj scores = square(z, from);
    CommonOps_DDRM.scale(size, scores);
    return AttentionHead.of(scores, CommonOps_DDRM.identity(2));
  }

  private static Attention heads(double[] z) {
    return new Attention(
        List.of(
            AttentionHead.of(head(z, 0).scores(), square(z, 6)),
            AttentionHead.of(head(z, 10).scores(), square(z, 16))));
  }

  private static DMatrixRMaj square(double[] z, int from) {
    return new DMatrixRMaj(2, 2, true, Arrays.copyOfRange(z, from, from + 4));
  }

  /// ‖DF(X)‖ by its largest singular value, over the bound at radius 1.
  private static double tokenShare(Attention attention, double[] z, int from, int n) {
    double[][] tokens = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] token = {z[from + 2 * i], z[from + 2 * i + 1]};
      double factor = 1 / Math.max(1, Vectors.length(token) * (1 + 1e-15));
      tokens[i] = new double[] {token[0] * factor, token[1] * factor};
    }
    double norm = AttentionTest.jacobianNorm(attention, DiscreteMeasure.uniform(tokens));
    return norm / AttentionBounds.tokens(attention, 1, n).value();
  }

  /// The largest value found by random steps in the cube [−1, 1]^n, from four starts.
  private static double climb(int n, ToDoubleFunction<double[]> value, Random random) {
    double best = 0;
    for (int start = 0; start < 4; start++) {
      double[] at = random.doubles(n, -1, 1).toArray();
      double height = value.applyAsDouble(at);
      double step = 0.5;
      for (int i = 0; i < STEPS; i++) {
        double[] next = at.clone();
        for (int k = 0; k < n; k++) {
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
      best = Math.max(best, height);
    }
    return best;
  }
}
