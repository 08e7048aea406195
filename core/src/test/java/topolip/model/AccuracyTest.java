package topolip.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AccuracyTest {

  /// Of which the upper end is 1 and the lower one 0, but for rounding: 40 of 40 gave
  /// 1.0000000000000002.
  @Test
  void intervalsAreOfShares() {
    for (int total = 1; total <= 2000; total++) {
      for (int correct : new int[] {0, total / 2, total}) {
        Accuracy accuracy = Accuracy.of(correct, total);
        assertThat(accuracy.low()).isBetween(0.0, accuracy.share() + 1e-15);
        assertThat(accuracy.high()).isBetween(accuracy.share() - 1e-15, 1.0);
      }
    }
  }

  /// By the formula of Wilson 1927 with z = 1.959964: 8 of 10.
  @Test
  void intervalsAreWilsons() {
    double z = 1.959963984540054;
    double middle = (0.8 + z * z / 20) / (1 + z * z / 10);
    double half = z / (1 + z * z / 10) * Math.sqrt(0.8 * 0.2 / 10 + z * z / 400);
    assertThat(Accuracy.of(8, 10).low()).isCloseTo(middle - half, within(1e-12));
    assertThat(Accuracy.of(8, 10).high()).isCloseTo(middle + half, within(1e-12));
  }
}
