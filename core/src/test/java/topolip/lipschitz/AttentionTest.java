package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;

class AttentionTest {

  static DMatrixRMaj gaussian(int rows, int columns, double sigma, Random random) {
    DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
    RandomMatrices_DDRM.fillGaussian(matrix, 0, sigma, random);
    return matrix;
  }

  static Attention random(int heads, int dimension, int width, double scale, Random random) {
    return new Attention(
        IntStream.range(0, heads)
            .mapToObj(h ->
                AttentionHead.of(
                    gaussian(dimension, dimension, scale, random),
                    gaussian(width, dimension, 1, random)))
            .toList());
  }

  /// softmax(XQᵀ(XKᵀ)ᵀ/√k) X Vᵀ, as it is written for tokens in rows.
  private static DMatrixRMaj ordinary(
      DMatrixRMaj tokens, DMatrixRMaj query, DMatrixRMaj key, DMatrixRMaj values) {
    DMatrixRMaj queries = new DMatrixRMaj(1, 1);
    DMatrixRMaj keys = new DMatrixRMaj(1, 1);
    DMatrixRMaj content = new DMatrixRMaj(1, 1);
    DMatrixRMaj scores = new DMatrixRMaj(1, 1);
    DMatrixRMaj output = new DMatrixRMaj(1, 1);
    CommonOps_DDRM.multTransB(tokens, query, queries);
    CommonOps_DDRM.multTransB(tokens, key, keys);
    CommonOps_DDRM.multTransB(tokens, values, content);
    CommonOps_DDRM.multTransB(1 / Math.sqrt(query.getNumRows()), queries, keys, scores);
    for (int i = 0; i < scores.getNumRows(); i++) {
      double sum = 0;
      for (int j = 0; j < scores.getNumCols(); j++) {
        sum += Math.exp(scores.get(i, j));
      }
      for (int j = 0; j < scores.getNumCols(); j++) {
        scores.set(i, j, Math.exp(scores.get(i, j)) / sum);
      }
    }
    CommonOps_DDRM.mult(scores, content, output);
    return output;
  }

  @Test
  void onTokensItIsOrdinarySelfAttention() {
    Random random = new Random(1);
    DMatrixRMaj tokens = gaussian(6, 4, 1, random);
    DMatrixRMaj first = new DMatrixRMaj(6, 5);
    DMatrixRMaj sum = new DMatrixRMaj(6, 5);
    List<AttentionHead> heads = new ArrayList<>();
    for (int h = 0; h < 3; h++) {
      DMatrixRMaj query = gaussian(2, 4, 1, random);
      DMatrixRMaj key = gaussian(2, 4, 1, random);
      DMatrixRMaj values = gaussian(5, 4, 1, random);
      heads.add(AttentionHead.of(query, key, values));
      DMatrixRMaj output = ordinary(tokens, query, key, values);
      first = h == 0 ? output.copy() : first;
      CommonOps_DDRM.addEquals(sum, output);
    }
    double[][] rows = new double[6][];
    for (int i = 0; i < 6; i++) {
      rows[i] = CommonOps_DDRM.extractRow(tokens, i, null).getData();
    }
    DiscreteMeasure measure = DiscreteMeasure.uniform(rows);
    DiscreteMeasure single = new Attention(heads.subList(0, 1)).apply(measure);
    DiscreteMeasure all = new Attention(heads).apply(measure);
    for (int i = 0; i < 6; i++) {
      for (int k = 0; k < 5; k++) {
        assertThat(single.point(i)[k]).isCloseTo(first.get(i, k), within(1e-12));
        assertThat(all.point(i)[k]).isCloseTo(sum.get(i, k), within(1e-12));
      }
    }
  }

  @Test
  void weightsAreRepetitions() {
    Random random = new Random(2);
    double[][] x = DiscreteMeasureTest.gaussian(3, 2, random);
    DiscreteMeasure weighted = DiscreteMeasure.of(x, new double[] {1, 2, 1});
    DiscreteMeasure repeated = DiscreteMeasure.uniform(new double[][] {x[0], x[1], x[1], x[2]});
    Attention attention = random(2, 2, 2, 1, random);
    assertThat(attention.apply(weighted).wasserstein(attention.apply(repeated)))
        .isCloseTo(0, within(1e-14));
  }

  /// The mean of a sample tilted by e^{⟨Ax, y⟩}, within five standard errors in each coordinate.
  @Test
  void gaussianClosedFormIsTheLimitOfSamples() {
    Random random = new Random(3);
    AttentionHead head = AttentionHead.of(gaussian(3, 3, 0.3, random), gaussian(3, 3, 1, random));
    double[] mean = {0.5, -1, 0.2};
    DMatrixRMaj root = gaussian(3, 3, 0.6, random);
    DMatrixRMaj covariance = new DMatrixRMaj(3, 3);
    CommonOps_DDRM.multTransB(root, root, covariance);
    double[] x = {0.3, -0.8, 1.1};
    double[] exact = head.atGaussian(mean, covariance).apply(x);
    int count = 400_000;
    double[][] sample = new double[count][];
    for (int i = 0; i < count; i++) {
      double[] normal = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      sample[i] = Vectors.multiply(root, normal);
      Vectors.add(1, mean, sample[i]);
    }
    DiscreteMeasure measure = DiscreteMeasure.uniform(sample);
    double[] found = head.at(measure).apply(x);
    double[] shares = head.shares(measure, x);
    for (int k = 0; k < 3; k++) {
      double variance = 0;
      for (int i = 0; i < count; i++) {
        double error = shares[i] * (Vectors.multiply(head.values(), sample[i])[k] - found[k]);
        variance += error * error;
      }
      assertThat(Math.sqrt(variance)).isLessThan(0.01);
      assertThat(found[k]).isCloseTo(exact[k], within(5 * Math.sqrt(variance)));
    }
  }

  private static double[][] plus(double[][] x, double step, double[][] direction) {
    double[][] sum = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      sum[i] = x[i].clone();
      Vectors.add(step, direction[i], sum[i]);
    }
    return sum;
  }

  @Test
  void derivativeIsThatOfDifferences() {
    Random random = new Random(4);
    for (int trial = 0; trial < 20; trial++) {
      Attention attention = random(1 + trial % 3, 3, 2, 1, random);
      double[][] x = DiscreteMeasureTest.gaussian(4, 3, random);
      double[][] v = DiscreteMeasureTest.gaussian(4, 3, random);
      double h = 1e-5;
      DiscreteMeasure right = attention.apply(DiscreteMeasure.uniform(plus(x, h, v)));
      DiscreteMeasure left = attention.apply(DiscreteMeasure.uniform(plus(x, -h, v)));
      double[][] images = new AttentionDerivative(attention, DiscreteMeasure.uniform(x)).apply(v);
      for (int i = 0; i < 4; i++) {
        for (int k = 0; k < 2; k++) {
          double quotient = (right.point(i)[k] - left.point(i)[k]) / (2 * h);
          assertThat(images[i][k]).isCloseTo(quotient, within(1e-6));
        }
      }
    }
  }

  private static double dot(double[][] x, double[][] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Vectors.dot(x[i], y[i]);
    }
    return sum;
  }

  @Test
  void transposedDerivativeIsItsAdjoint() {
    Random random = new Random(5);
    for (int trial = 0; trial < 20; trial++) {
      Attention attention = random(1 + trial % 3, 3, 2, 1, random);
      DiscreteMeasure tokens =
          DiscreteMeasure.of(
              DiscreteMeasureTest.gaussian(4, 3, random), random.doubles(4, 0.1, 1).toArray());
      AttentionDerivative derivative = new AttentionDerivative(attention, tokens);
      double[][] v = DiscreteMeasureTest.gaussian(4, 3, random);
      double[][] u = DiscreteMeasureTest.gaussian(4, 2, random);
      assertThat(dot(derivative.apply(v), u))
          .isCloseTo(dot(v, derivative.transpose(u)), within(1e-11));
    }
  }

  /// J written out column by column.
  static double jacobianNorm(Attention attention, DiscreteMeasure tokens) {
    AttentionDerivative derivative = new AttentionDerivative(attention, tokens);
    int n = tokens.size();
    int d = attention.dimension();
    DMatrixRMaj jacobian = new DMatrixRMaj(n * attention.width(), n * d);
    for (int column = 0; column < n * d; column++) {
      double[][] unit = new double[n][d];
      unit[column / d][column % d] = 1;
      double[][] image = derivative.apply(unit);
      for (int row = 0; row < jacobian.getNumRows(); row++) {
        jacobian.set(row, column, image[row / attention.width()][row % attention.width()]);
      }
    }
    return ExplicitConvolution.largestSingularValue(jacobian);
  }

  @Test
  void localConstantIsTheNormOfTheJacobian() {
    Random random = new Random(6);
    for (int trial = 0; trial < 20; trial++) {
      Attention attention = random(1 + trial % 2, 3, 3, 1, random);
      DiscreteMeasure tokens = DiscreteMeasure.uniform(DiscreteMeasureTest.gaussian(5, 3, random));
      double norm = jacobianNorm(attention, tokens);
      Bound bound = AttentionBounds.local(attention, tokens, 2000, 1);
      assertThat(bound.kind()).isEqualTo(Bound.Kind.LOWER);
      assertThat(bound.value()).isBetween(norm * (1 - 1e-6), norm * (1 + 1e-12));
    }
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    DMatrixRMaj square = CommonOps_DDRM.identity(2);
    assertThatThrownBy(() -> AttentionHead.of(square, new DMatrixRMaj(2, 3)))
        .hasMessage("scores of 2 x 2 and values of 2 x 3");
    assertThatThrownBy(() -> AttentionHead.of(square, new DMatrixRMaj(3, 2), square))
        .hasMessage("queries of 2 x 2 and keys of 3 x 2");
    AttentionHead head = AttentionHead.of(square, square);
    AttentionHead wide = AttentionHead.of(square, new DMatrixRMaj(3, 2));
    assertThatThrownBy(() -> new Attention(List.of(head, wide)))
        .hasMessage("heads from 2 to 2 and from 2 to 3");
    assertThatThrownBy(() -> new Attention(List.of())).hasMessage("attention needs a head");
    DiscreteMeasure line = DiscreteMeasure.uniform(new double[][] {{1}});
    assertThatThrownBy(() -> head.at(line)).hasMessage("a measure of dimension 1 for a head of 2");
    assertThatThrownBy(() -> head.atGaussian(new double[1], square))
        .hasMessage("a mean of 1 and a covariance of 2 x 2 for a head of 2");
    UnaryOperator<double[]> map = head.at(DiscreteMeasure.uniform(new double[][] {{1, 2}}));
    assertThat(map.apply(new double[] {5, 5})).containsExactly(1, 2);
  }
}
