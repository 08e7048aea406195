package topolip.lipschitz;

import java.util.Arrays;

/// The weights of two measures as whole numbers of equal sums, so that transport is computed
/// without rounding.
///
/// Equal weights are exact; others are rounded to multiples of 2⁻⁶⁰ of the whole.
final class Masses {
  private static final long WHOLE = 1L << 60;

  private final long[] supplies;
  private final long[] demands;

  private Masses(long[] supplies, long[] demands) {
    this.supplies = supplies;
    this.demands = demands;
  }

  static Masses of(DiscreteMeasure from, DiscreteMeasure to) {
    if (from.isUniform() && to.isUniform()) {
      return new Masses(equal(from.size(), to.size()), equal(to.size(), from.size()));
    }
    return new Masses(rounded(from), rounded(to));
  }

  long[] supplies() {
    return supplies;
  }

  long[] demands() {
    return demands;
  }

  private static long[] equal(int count, int mass) {
    long[] masses = new long[count];
    Arrays.fill(masses, mass);
    return masses;
  }

  /// What rounding leaves over goes to the heaviest point.
  private static long[] rounded(DiscreteMeasure measure) {
    long[] masses = new long[measure.size()];
    long left = WHOLE;
    int heaviest = 0;
    for (int i = 0; i < masses.length; i++) {
      masses[i] = Math.max(1, Math.round(measure.weight(i) * WHOLE));
      left -= masses[i];
      heaviest = masses[i] > masses[heaviest] ? i : heaviest;
    }
    masses[heaviest] += left;
    return masses;
  }
}
