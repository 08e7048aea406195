package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ConvolutionBoundsTest {
  private static ExplicitConvolution random(
      Random random, int groups, ConvolutionAxis high, ConvolutionAxis wide) {
    int out = groups * (1 + random.nextInt(3));
    int in = groups * (1 + random.nextInt(3));
    double[] kernel =
        ExplicitConvolution.gaussian(out * in / groups * high.kernel() * wide.kernel(), random);
    return ExplicitConvolution.of(kernel, out, in, groups, high, wide);
  }

  private static ConvolutionAxis axis(Random random, int stride) {
    int kernel = 1 + random.nextInt(4);
    int dilation = 1 + random.nextInt(3);
    int before = random.nextInt(4);
    int after = random.nextInt(4);
    int least = Math.max(1, (kernel - 1) * dilation + 1 - before - after);
    return new ConvolutionAxis(least + random.nextInt(7), kernel, stride, dilation, before, after);
  }

  /// 300 convolutions of every stride from 1 to 3, dilation, padding (also uneven) and groups.
  private static List<ExplicitConvolution> cases() {
    Random random = new Random(1);
    List<ExplicitConvolution> cases = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      ConvolutionAxis high = axis(random, 1 + i % 3);
      ConvolutionAxis wide = axis(random, 1 + i / 3 % 3);
      cases.add(random(random, 1 + i % 4, high, wide));
    }
    return cases;
  }

  @Test
  void gramIterationIsAnUpperBoundAndTight() {
    for (ExplicitConvolution c : cases()) {
      double norm = c.norm();
      Bound bound = ConvolutionBounds.upper(c.operator());
      assertThat(bound.kind()).isEqualTo(Bound.Kind.UPPER);
      assertThat(bound.value())
          .as(c.toString())
          .isGreaterThanOrEqualTo(norm * (1 - 1e-12))
          .isLessThanOrEqualTo(norm * (1 + 2e-6));
    }
  }

  @Test
  void reshapedKernelIsAnUpperBoundForEveryStrideDilationAndGroup() {
    for (ExplicitConvolution c : cases()) {
      assertThat(ConvolutionBounds.reshaped(c.operator()).value())
          .as(c.toString())
          .isGreaterThanOrEqualTo(c.norm() * (1 - 1e-12));
    }
  }

  @Test
  void supremumOfTheSymbolIsAnUpperBoundForEverySize() {
    for (ExplicitConvolution c : cases()) {
      double largest = 0;
      for (int group = 0; group < c.operator().groups(); group++) {
        ConvolutionSymbol symbol = new ConvolutionSymbol(c.operator(), group, false);
        largest = Math.max(largest, new SymbolSupremum(symbol).upperBound());
      }
      assertThat(largest).as(c.toString()).isGreaterThanOrEqualTo(c.norm() * (1 - 1e-12));
    }
  }

  @Test
  void powerIterationConvergesFromBelow() {
    for (ExplicitConvolution c : cases()) {
      double norm = c.norm();
      double few = ConvolutionBounds.lower(c.operator(), 3, 1).value();
      double many = ConvolutionBounds.lower(c.operator(), 500, 1).value();
      assertThat(few).as(c.toString()).isLessThanOrEqualTo(many * (1 + 1e-12));
      assertThat(many).as(c.toString()).isLessThanOrEqualTo(norm * (1 + 1e-12));
      assertThat(many).as(c.toString()).isGreaterThanOrEqualTo(norm * (1 - 1e-2));
    }
  }

  @Test
  void circularNormIsThatOfTheOperatorOnATorus() {
    Random random = new Random(2);
    for (int i = 0; i < 100; i++) {
      int stride = 1 + i % 3;
      ConvolutionAxis high =
          new ConvolutionAxis(stride * (2 + random.nextInt(3)), 3, stride, 1 + i % 2, 2, 2);
      ConvolutionAxis wide = new ConvolutionAxis(4 + random.nextInt(3), 2 + i % 3, 1, 1, 1, 1);
      ExplicitConvolution c = random(random, 1 + i % 2, high, wide);
      double norm = ExplicitConvolution.largestSingularValue(c.circular());
      assertThat(ConvolutionBounds.circular(c.operator()).value())
          .as(c.toString())
          .isCloseTo(norm, within(1e-11 * norm));
    }
  }

  /// The kernel (1, −1, 1) on three places: eigenvalues −1 + 2 cos(jπ/4) with zero padding, and −1
  /// + 2 cos(2πj/3) on a circle. The wave it prefers has period 2, which no circle of 3 holds.
  @Test
  void circularNormIsNoBoundForZeroPadding() {
    ConvolutionAxis flat = new ConvolutionAxis(1, 1, 1, 1, 0, 0);
    ConvolutionAxis axis = new ConvolutionAxis(3, 3, 1, 1, 1, 1);
    ExplicitConvolution c = ExplicitConvolution.of(new double[] {1, -1, 1}, 1, 1, 1, flat, axis);
    assertThat(c.norm()).isCloseTo(1 + Math.sqrt(2), within(1e-12));
    assertThat(ConvolutionBounds.circular(c.operator()).value()).isCloseTo(2, within(1e-12));
    assertThat(ConvolutionBounds.upper(c.operator()).value()).isGreaterThan(1 + Math.sqrt(2));
  }

  @Test
  void applyAndTransposeAreTheExplicitOperator() {
    Random random = new Random(3);
    for (ExplicitConvolution c : cases()) {
      DMatrixRMaj matrix = c.zeroPadded();
      double[] x = ExplicitConvolution.gaussian(c.operator().inputSize(), random);
      double[] y = ExplicitConvolution.gaussian(c.operator().outputSize(), random);
      double[] tx = new double[y.length];
      double[] ty = new double[x.length];
      for (int i = 0; i < y.length; i++) {
        for (int j = 0; j < x.length; j++) {
          tx[i] += matrix.get(i, j) * x[j];
          ty[j] += matrix.get(i, j) * y[i];
        }
      }
      assertThat(c.operator().apply(x)).as(c.toString()).containsExactly(tx, within(1e-11));
      assertThat(c.operator().transpose(y)).as(c.toString()).containsExactly(ty, within(1e-11));
    }
  }

  @Test
  void supremumOfTheSymbolComesNearTheNormAsTheFeatureMapGrows() {
    Random random = new Random(4);
    double[] kernel = ExplicitConvolution.gaussian(2 * 3 * 9, random);
    double before = Double.POSITIVE_INFINITY;
    for (int size : new int[] {4, 8, 16, 32, 64}) {
      ConvolutionAxis axis = new ConvolutionAxis(size, 3, 2, 1, 1, 1);
      Convolution convolution = Convolution.of(kernel, 2, 3, 1, axis, axis);
      double norm = ConvolutionBounds.lower(convolution, 300, 1).value();
      double above = new SymbolSupremum(new ConvolutionSymbol(convolution, 0, false)).upperBound();
      assertThat(above / norm).isBetween(1.0, before);
      before = above / norm;
    }
    assertThat(before).isLessThan(1.005);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    ConvolutionAxis axis = new ConvolutionAxis(4, 3, 1, 1, 1, 1);
    assertThatThrownBy(() -> Convolution.of(new double[8], 1, 1, 1, axis, axis))
        .hasMessage("a kernel of 8 entries, not 9");
    assertThatThrownBy(() -> Convolution.of(new double[9], 2, 3, 2, axis, axis))
        .hasMessage("2 groups of 2 output and 3 input channels");
    assertThatThrownBy(() -> new ConvolutionAxis(2, 3, 1, 2, 1, 1))
        .hasMessage("a kernel that reaches 5 does not fit 4 padded places");
    Convolution strided =
        Convolution.of(new double[9], 1, 1, 1, axis, new ConvolutionAxis(5, 3, 2, 1, 1, 1));
    assertThatThrownBy(() -> ConvolutionBounds.circular(strided))
        .hasMessage("stride 2 does not divide a circle of 5");
    assertThatThrownBy(() -> strided.apply(new double[3])).hasMessage("3 values, not 20");
  }
}
