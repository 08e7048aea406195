package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A line's alignments: that they are certified exactly if they are optimal.
class LineMatchingTest {

  @ParameterizedTest
  @CsvSource({"1, Infinity", "1, 2", "1, 1", "1.5, 1.5", "2, Infinity", "2, 1", "3, 2"})
  void anAlignmentIsCertifiedIfAndOnlyIfNoneCostsLess(double order, double exponent) {
    SplittableRandom random = new SplittableRandom(31);
    MatchingCost cost = new MatchingCost(order, exponent);
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      double[] s = persistences(random.nextInt(90), round % 4, random);
      double[] t = persistences(random.nextInt(90), (round + random.nextInt(2)) % 4, random);
      int[] best = LineCorridor.unbounded(cost, s, t).aligned();
      LineCertificate certificate = new LineCertificate(cost, s, t);
      assertThat(certificate.isOptimal(best)).isTrue();
      double least = total(cost, s, t, best);
      for (int radius : new int[] {0, 2, 16}) {
        int[] near = new LineMatching(cost).aligned(s, t, radius);
        boolean isOptimal = total(cost, s, t, near) <= least * (1 + 1e-13);
        assertThat(certificate.isOptimal(near)).isEqualTo(isOptimal);
        refused += isOptimal ? 0 : 1;
      }
    }
    assertThat(refused).as("alignments that are not optimal").isPositive();
  }

  @Test
  void anAlignmentWithTwoMatesExchangedForDiagonalsIsNotCertified() {
    MatchingCost cost = new MatchingCost(2, 2);
    double[] s = {1, 2, 3};
    double[] t = {1, 2, 3};
    LineCertificate certificate = new LineCertificate(cost, s, t);

    assertThat(certificate.isOptimal(new int[] {0, 1, 2})).isTrue();
    assertThat(certificate.isOptimal(new int[] {0, -1, 2})).isFalse();
    assertThat(certificate.isOptimal(new int[] {-1, 0, 1})).isFalse();
    assertThat(certificate.isOptimal(new int[] {-1, -1, -1})).isFalse();
  }

  /// Uniform, concentrated, with ties, or over several orders of magnitude; sorted.
  private static double[] persistences(int size, int kind, SplittableRandom random) {
    double centre = random.nextInt(5);
    double[] values = new double[size];
    Arrays.setAll(
        values,
        i ->
            switch (kind) {
              case 0 -> random.nextDouble() + 0.001;
              case 1 -> 10 + centre + random.nextDouble(-1, 1);
              case 2 -> 1 + random.nextInt(10);
              default -> Math.exp(random.nextDouble(-4, 4));
            });
    Arrays.sort(values);
    return values;
  }

  private static double total(MatchingCost cost, double[] s, double[] t, int[] mates) {
    boolean[] taken = new boolean[t.length];
    double total = 0;
    for (int i = 0; i < s.length; i++) {
      if (mates[i] < 0) {
        total += cost.diagonal(s[i]);
      } else {
        total += cost.power(Math.abs(s[i] - t[mates[i]]));
        taken[mates[i]] = true;
      }
    }
    for (int j = 0; j < t.length; j++) {
      total += taken[j] ? 0 : cost.diagonal(t[j]);
    }
    return total;
  }
}
