package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class L2AttentionTest {

  @Test
  void lambertSolvesItsEquation() {
    for (double x : new double[] {0, 1e-9, 0.1, 1, Math.E, 100, 1e12}) {
      double w = L2Attention.lambert(x);
      assertThat(w * Math.exp(w)).isCloseTo(x, within(1e-13 * x));
    }
  }

  /// Scores of squared distances, queries and keys tied, values multiplied by W^Q W^Qᵀ/√(D/H), as
  /// in the paper's equation 8.
  private static double[] attend(
      double[] flat, int n, DMatrixRMaj[] queries, DMatrixRMaj[] values, DMatrixRMaj output) {
    DMatrixRMaj x = DMatrixRMaj.wrap(n, flat.length / n, flat);
    int width = queries[0].getNumCols();
    DMatrixRMaj joined = new DMatrixRMaj(n, width * queries.length);
    for (int h = 0; h < queries.length; h++) {
      DMatrixRMaj q = new DMatrixRMaj(1, 1);
      CommonOps_DDRM.mult(x, queries[h], q);
      DMatrixRMaj shares = new DMatrixRMaj(n, n);
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          double square = 0;
          for (int k = 0; k < width; k++) {
            square += Math.pow(q.get(i, k) - q.get(j, k), 2);
          }
          shares.set(i, j, Math.exp(-square / Math.sqrt(width)));
          sum += shares.get(i, j);
        }
        for (int j = 0; j < n; j++) {
          shares.set(i, j, shares.get(i, j) / sum);
        }
      }
      DMatrixRMaj mixed = new DMatrixRMaj(1, 1);
      DMatrixRMaj turned = new DMatrixRMaj(1, 1);
      DMatrixRMaj head = new DMatrixRMaj(1, 1);
      CommonOps_DDRM.mult(shares, q, mixed);
      CommonOps_DDRM.multTransB(1 / Math.sqrt(width), mixed, queries[h], turned);
      CommonOps_DDRM.mult(turned, values[h], head);
      CommonOps_DDRM.insert(head, joined, 0, h * width);
    }
    DMatrixRMaj result = new DMatrixRMaj(1, 1);
    CommonOps_DDRM.mult(joined, output, result);
    return result.getData();
  }

  @Test
  void boundHoldsForJacobiansByDifferences() {
    Random random = new Random(1);
    double largest = 0;
    for (int trial = 0; trial < 300; trial++) {
      int heads = 1 + trial % 2;
      int d = 4;
      int n = 1 + trial % 4;
      DMatrixRMaj[] queries = new DMatrixRMaj[heads];
      DMatrixRMaj[] values = new DMatrixRMaj[heads];
      double[] q = new double[heads];
      double[] v = new double[heads];
      for (int h = 0; h < heads; h++) {
        queries[h] = AttentionTest.gaussian(d, d / heads, 0.5, random);
        values[h] = AttentionTest.gaussian(d, d / heads, 0.5, random);
        q[h] = ExplicitConvolution.largestSingularValue(queries[h]);
        v[h] = ExplicitConvolution.largestSingularValue(values[h]);
      }
      DMatrixRMaj output = AttentionTest.gaussian(d, d, 0.5, random);
      double[] x = ExplicitConvolution.gaussian(n * d, random);
      DMatrixRMaj jacobian = new DMatrixRMaj(n * d, n * d);
      for (int c = 0; c < n * d; c++) {
        double[] right = x.clone();
        double[] left = x.clone();
        right[c] += 1e-5;
        left[c] -= 1e-5;
        double[] up = attend(right, n, queries, values, output);
        double[] down = attend(left, n, queries, values, output);
        for (int r = 0; r < n * d; r++) {
          jacobian.set(r, c, (up[r] - down[r]) / 2e-5);
        }
      }
      double norm = ExplicitConvolution.largestSingularValue(jacobian);
      double bound =
          new L2Attention(n, d, heads)
              .bound(q, v, ExplicitConvolution.largestSingularValue(output))
              .value();
      largest = Math.max(largest, norm / bound);
    }
    assertThat(largest).isBetween(0.05, 1.0);
  }
}
