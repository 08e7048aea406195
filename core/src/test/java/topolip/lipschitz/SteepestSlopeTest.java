package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SteepestSlopeTest {

  /// The derivative `Φ(x) + x φ(x)` of GELU is largest at √2.
  @Test
  void geluIsSteepestAtTheRootOfTwo() {
    double density = Math.exp(-1) / Math.sqrt(2 * Math.PI);
    double expected = 0.921350396474857 + Math.sqrt(2) * density;
    assertThat(expected).isCloseTo(1.1290, within(1e-4));
    assertThat(SteepestSlope.of(Dual::gelu)).isCloseTo(expected, within(1e-8));
    // As exporters write it.
    assertThat(SteepestSlope.of(x -> x.times(x.times(Math.sqrt(0.5)).erf().plus(1)).times(0.5)))
        .isCloseTo(expected, within(1e-8));
  }

  @Test
  void namedActivationsHaveTheirKnownConstants() {
    assertThat(SteepestSlope.of(x -> x.times(x.sigmoid()))).isCloseTo(1.0998, within(1e-4));
    assertThat(SteepestSlope.of(Dual::tanh)).isCloseTo(1, within(1e-8));
    assertThat(SteepestSlope.of(Dual::sigmoid)).isCloseTo(0.25, within(1e-8));
    assertThat(SteepestSlope.of(Dual::softplus)).isCloseTo(1, within(1e-8));
    assertThat(SteepestSlope.of(x -> x.leaky(0))).isCloseTo(1, within(1e-8));
    assertThat(SteepestSlope.of(x -> x.leaky(-3))).isCloseTo(3, within(1e-8));
    assertThat(SteepestSlope.of(Dual::erf)).isCloseTo(2 / Math.sqrt(Math.PI), within(1e-8));
  }

  @Test
  void aKinkCountsFromBothSides() {
    // HardSwish: x (x + 3) / 6 on [−3, 3] has slope 1.5 just below 3, and 1 above.
    double slope = SteepestSlope.of(x -> x.times(x.times(1 / 6.0).plus(0.5).clipped(0, 1)));
    assertThat(slope).isCloseTo(1.5, within(1e-6));
  }

  @Test
  void theResultIsNotBelowTheSlopeAnywhere() {
    double slope = SteepestSlope.of(x -> x.times(3.7).plus(-11).tanh().times(2));
    for (double t = -5; t < 8; t += 1e-4) {
      Dual value = Dual.variable(t).times(3.7).plus(-11).tanh().times(2);
      assertThat(Math.abs(value.slope())).isLessThanOrEqualTo(slope);
    }
    assertThat(slope).isCloseTo(7.4, within(1e-6));
  }

  @Test
  void whatIsSteepOutsideOrBetweenTheGridIsNotTakenForFlat() {
    // ReLU behind a shift further than the grid reaches, and a window behind it.
    assertThat(SteepestSlope.of(x -> x.plus(-450).clipped(0, Double.POSITIVE_INFINITY)))
        .isGreaterThanOrEqualTo(1);
    assertThat(SteepestSlope.of(x -> x.clipped(500, 600))).isGreaterThanOrEqualTo(0.1);
    // Steep between two places of the grid: its size is not found, which is said.
    assertThat(SteepestSlope.of(x -> x.plus(-5.005).times(1e4).tanh())).isInfinite();
    assertThat(SteepestSlope.of(x -> x.clipped(5.001, 5.009))).isGreaterThanOrEqualTo(1);
  }

  @Test
  void unboundedSlopesAreInfinite() {
    assertThat(SteepestSlope.of(x -> x.times(x))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(SteepestSlope.of(Dual::exp)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(SteepestSlope.of(x -> x.power(0.5))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(SteepestSlope.of(x -> Dual.constant(1).over(x))).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void derivativesAreThoseOfDifferences() {
    double step = 1e-6;
    for (double t = -3; t < 3; t += 0.37) {
      Dual at = f(Dual.variable(t));
      double difference =
          (f(Dual.constant(t + step)).value() - f(Dual.constant(t - step)).value()) / (2 * step);
      assertThat(at.slope()).isCloseTo(difference, within(1e-6));
    }
  }

  private static Dual f(Dual x) {
    return x.gelu()
        .plus(x.softplus().log())
        .minus(x.sigmoid().times(x.tanh()))
        .over(x.times(x).plus(1).power(1.5))
        .plus(x.abs().exp().times(0.1));
  }
}
