package topolip.diagram;

/// The upper tail of the standard normal distribution.
final class NormalTail {
  private static final double SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

  /// From here on the continued fraction converges to the last digits in so many terms.
  private static final double FAR = 4;

  private static final int TERMS = 60;

  private NormalTail() {}

  /// The probability of exceeding z, to 3 · 10⁻¹⁶, and relative to it to 10⁻¹⁴ for z ≥ 4.
  ///
  /// Near 0 it is ½ minus the series φ(z) (z + z³/3 + z⁵/(3·5) + …), whose terms do not cancel
  /// (Marsaglia 2004, DOI 10.18637/jss.v011.i04); farther out Laplace's continued fraction φ(z) /
  /// (z + 1/(z + 2/(z + …))).
  ///
  /// @param z not negative
  static double beyond(double z) {
    double density = Math.exp(-z * z / 2) / SQRT_TWO_PI;
    return z < FAR ? 0.5 - density * series(z) : density / fraction(z);
  }

  private static double series(double z) {
    double term = z;
    double sum = z;
    for (int odd = 3; term > 0x1p-56 * sum; odd += 2) {
      term *= z * z / odd;
      sum += term;
    }
    return sum;
  }

  private static double fraction(double z) {
    double value = z;
    for (int k = TERMS; k > 0; k--) {
      value = z + k / value;
    }
    return value;
  }
}
