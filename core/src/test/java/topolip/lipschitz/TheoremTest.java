package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class TheoremTest {

  @Test
  void smallConstantIsTheFormula() {
    AttentionTheorem theorem = new AttentionTheorem(4, 3, 0.5, 3, 1, 0.2, 0.7, 1);
    double square = 0.2 * 1.5 * 1.5;
    double values = 2 * 0.5 * 2 + 1;
    double simple = 3 * 0.7 * values * (1 + 3 * square) * Math.exp(2 * square);
    double sharp = 3 * 0.7 * values * (square + (1 + 2 * square) * Math.exp(2 * square));
    assertThat(theorem.bounds().get(0).value()).isCloseTo(simple, within(1e-12 * simple));
    assertThat(theorem.bounds().get(1).value()).isCloseTo(sharp, within(1e-12 * sharp));
    assertThat(theorem.bounds()).allMatch(bound -> bound.kind() == Bound.Kind.UPPER);
  }

  /// aR² ≥ 2t² > 2d, so that the constant is at least e^{4d}.
  @Test
  void hypothesesMakeTheConstantVacuous() {
    for (int d : new int[] {16, 64, 768}) {
      double t = 1.001 * Math.sqrt(d);
      AttentionTheorem theorem = new AttentionTheorem(d, 1, 0.3, t, 1, 2 / 0.09, 1, 1);
      assertThat(theorem.hypotheses()).allMatch(Theorem.Hypothesis::holds);
      for (Bound bound : theorem.bounds()) {
        assertThat(bound.logarithm()).isGreaterThan(4.0 * d);
        assertThat(bound.isVacuous()).isTrue();
      }
    }
  }

  @Test
  void hypothesesAreCheckedOneByOne() {
    AttentionTheorem theorem = new AttentionTheorem(4, 1, 1, 2, 1, 1.9, 1, 1);
    assertThat(theorem.hypotheses()).noneMatch(Theorem.Hypothesis::holds);
    assertThat(theorem.with("t", 2.01).hypotheses().get(0).holds()).isTrue();
    assertThat(theorem.with("s", 1.18).hypotheses().get(1).holds()).isTrue();
    assertThat(theorem.with("a", 2).hypotheses().get(2).holds()).isTrue();
    ConvolutionTheorem convolution = new ConvolutionTheorem(8, 4, 3, 3, 1, 1.17);
    assertThat(convolution.hypotheses().getFirst().holds()).isFalse();
    assertThat(convolution.with("s", 1.18).hypotheses().getFirst().holds()).isTrue();
  }

  @Test
  void printedProbabilityIsNotTheJointOne() {
    AttentionTheorem theorem = new AttentionTheorem(4, 1, 1, 4, 2, 2, 1, 1);
    double inside = 1 - 4 / 16.0;
    double below = 1 - 2 * Math.exp(-2);
    assertThat(theorem.probability())
        .isEqualTo(
            new Theorem.Probability(
                Math.min(inside, below), 1 - 4 / 16.0 - 2 * Math.exp(-2), inside * below));
    Theorem.Probability many = theorem.with("heads", 3).with("tokens", 2).probability();
    assertThat(many.union()).isZero();
    assertThat(many.independent())
        .isCloseTo(inside * inside * below * below * below, within(1e-15));
  }

  /// ‖V‖₂ > 2σ√d + s in at most 2e^{−s²/(2σ²)} of the draws, and ‖x‖ > tσ in at most d/t².
  @Test
  void gaussianEventsAreAsRareAsTheTheoremSays() {
    Random random = new Random(1);
    int draws = 2000;
    for (int d : new int[] {2, 8, 20}) {
      double sigma = 0.7;
      for (double s : new double[] {0.9, 1.5}) {
        int above = 0;
        for (int i = 0; i < draws; i++) {
          DMatrixRMaj values = AttentionTest.gaussian(d, d, sigma, random);
          above += SpectralNorm.value(values) > 2 * sigma * Math.sqrt(d) + s ? 1 : 0;
        }
        assertThat(above / (double) draws).isLessThanOrEqualTo(Theorem.tail(s, sigma));
      }
      for (double t : new double[] {1.1 * Math.sqrt(d), 2 * Math.sqrt(d)}) {
        int outside = 0;
        for (int i = 0; i < draws; i++) {
          double[] x = DiscreteMeasureTest.gaussian(1, d, random)[0];
          outside += Vectors.length(x) > t ? 1 : 0;
        }
        assertThat(outside / (double) draws).isLessThanOrEqualTo(d / (t * t));
      }
    }
  }

  /// The norm of the true operator exceeds C4 in at most 2e^{−s²/(2σ²)} of the draws.
  @Test
  void gaussianConvolutionsStayBelowTheirBound() {
    Random random = new Random(2);
    ConvolutionTheorem theorem = new ConvolutionTheorem(3, 2, 3, 3, 0.5, 0.7);
    double bound = theorem.bounds().getFirst().value();
    ConvolutionAxis axis = new ConvolutionAxis(5, 3, 1, 1, 1, 1);
    int above = 0;
    for (int i = 0; i < 500; i++) {
      double[] kernel = ExplicitConvolution.gaussian(54, random);
      for (int k = 0; k < kernel.length; k++) {
        kernel[k] *= 0.5;
      }
      double norm = ConvolutionBounds.upper(Convolution.of(kernel, 3, 2, 1, axis, axis)).value();
      above += norm > bound ? 1 : 0;
    }
    assertThat(above / 500.0).isLessThanOrEqualTo(Theorem.tail(0.7, 0.5));
  }

  @Test
  void parametersCanBeChangedOneByOne() {
    for (Theorem theorem :
        new Theorem[] {
          new AttentionTheorem(4, 2, 0.5, 3, 1, 0.2, 0.7, 5),
          new ConvolutionTheorem(8, 4, 3, 5, 0.1, 0.2)
        }) {
      for (Theorem.Parameter parameter : theorem.parameters()) {
        Theorem changed = theorem.with(parameter.name(), 2);
        assertThat(changed.parameters())
            .allMatch(p -> p.value() == 2 || !p.name().equals(parameter.name()))
            .filteredOn(p -> !p.name().equals(parameter.name()))
            .isSubsetOf(theorem.parameters());
        assertThat(changed.with(parameter.name(), parameter.value())).isEqualTo(theorem);
      }
      assertThatThrownBy(() -> theorem.with("depth", 1)).hasMessageContaining("no parameter depth");
    }
  }

  @Test
  void badParametersAreRefused() {
    assertThatThrownBy(() -> new AttentionTheorem(0, 1, 1, 1, 1, 1, 1, 1))
        .hasMessage("dimension 0, heads 1, tokens 1: each must be at least 1");
    assertThatThrownBy(() -> new AttentionTheorem(1, 1, 0, 1, 1, 1, 1, 1))
        .hasMessage("sigma cannot be 0.0");
    assertThatThrownBy(() -> new AttentionTheorem(1, 1, 1, Double.NaN, 1, 1, 1, 1))
        .hasMessage("t cannot be NaN");
    assertThatThrownBy(() -> new ConvolutionTheorem(1, 1, 1, 1, 1, Double.POSITIVE_INFINITY))
        .hasMessage("s cannot be Infinity");
  }
}
