package topolip.lipschitz;

/// Sums of numbers that are known by their natural logarithms.
final class Logarithms {
  private Logarithms() {}

  /// The logarithm of the sum.
  static double sum(double a, double b) {
    double larger = Math.max(a, b);
    if (Double.isInfinite(larger)) {
      return larger;
    }
    return larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
  }
}
