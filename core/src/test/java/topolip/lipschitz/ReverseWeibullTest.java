package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReverseWeibullTest {
  private static double[] draws(double location, double scale, double shape, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] draws = new double[n];
    Arrays.setAll(
        draws, _ -> location - scale * Math.pow(-Math.log(1 - random.nextDouble()), 1 / shape));
    return draws;
  }

  @Test
  void theLocationIsFoundAgain() {
    for (int seed = 0; seed < 5; seed++) {
      ReverseWeibull fit = ReverseWeibull.fit(draws(5, 2, 3, 3000, seed));
      assertThat(fit.fitted()).isTrue();
      assertThat(fit.location()).isCloseTo(5, within(0.3));
      assertThat(fit.scale()).isCloseTo(2, within(0.3));
      assertThat(fit.shape()).isCloseTo(3, within(0.5));
      assertThat(fit.pValue()).isGreaterThan(0.01);
    }
  }

  @Test
  void theFitFollowsShiftsAndUnits() {
    double[] draws = draws(5, 2, 3, 200, 1);
    ReverseWeibull fit = ReverseWeibull.fit(draws);
    ReverseWeibull moved =
        ReverseWeibull.fit(Arrays.stream(draws).map(y -> 1000 * y + 70).toArray());
    assertThat(moved.location()).isCloseTo(1000 * fit.location() + 70, within(1e-3));
    assertThat(moved.shape()).isCloseTo(fit.shape(), within(1e-5));
  }

  /// No other parameters near the fitted ones are more likely.
  @Test
  void theFitIsTheMostLikelyOfItsNeighbours() {
    double[] draws = draws(5, 2, 3, 300, 2);
    ReverseWeibull fit = ReverseWeibull.fit(draws);
    double range =
        Arrays.stream(draws).max().orElseThrow() - Arrays.stream(draws).min().orElseThrow();
    double best = likelihood(draws, fit.location(), fit.scale(), fit.shape(), range);
    SplittableRandom random = new SplittableRandom(3);
    for (int k = 0; k < 2000; k++) {
      double location = fit.location() + 0.1 * random.nextGaussian();
      double scale = fit.scale() * Math.exp(0.1 * random.nextGaussian());
      double shape = fit.shape() * Math.exp(0.1 * random.nextGaussian());
      assertThat(likelihood(draws, location, scale, shape, range)).isLessThan(best + 1e-6);
    }
  }

  private static double likelihood(
      double[] draws, double location, double scale, double shape, double range) {
    double sum = -0.01 * shape * shape;
    for (double y : draws) {
      double x = (location - y) / scale;
      if (x <= 0) {
        return Double.NEGATIVE_INFINITY;
      }
      sum += Math.log(shape * range / scale) + (shape - 1) * Math.log(x) - Math.pow(x, shape);
    }
    return sum;
  }

  @Test
  void equalMaximaAreTheirOwnLargest() {
    ReverseWeibull fit = ReverseWeibull.fit(2, 2, 2, 2);
    assertThat(fit.location()).isEqualTo(2);
    assertThat(fit.fitted()).isFalse();
  }

  @Test
  void aSampleThatIsNoWeibullFallsBackToItsLargestValue() {
    double[] draws = new double[400];
    Arrays.setAll(draws, i -> i % 2 == 0 ? i * 1e-6 : 1 + i * 1e-6);
    ReverseWeibull fit = ReverseWeibull.fit(draws);
    assertThat(fit.fitted()).isFalse();
    assertThat(fit.pValue()).isLessThan(0.001);
    assertThat(fit.location()).isEqualTo(Arrays.stream(draws).max().orElseThrow());
  }

  @Test
  void oneMaximumIsTooFew() {
    assertThatThrownBy(() -> ReverseWeibull.fit(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two maxima, not 1");
  }
}
