package topolip.diagram;

/// Norms ℓ_p of vectors and L_p of functions that are linear piece by piece, in closed form.
///
/// Values are divided by the largest first, so that powers do not overflow.
///
/// @param order p, at least 1, `+∞` for the supremum
record LpNorm(double order) {

  LpNorm {
    if (!(order >= 1)) {
      throw new IllegalArgumentException("order of a norm must be at least 1: " + order);
    }
  }

  /// (Σ |v|^p)^{1/p}.
  double of(double[] values) {
    double largest = largest(values);
    if (isLargest(largest)) {
      return largest;
    }
    double total = 0;
    for (double value : values) {
      total += Math.pow(Math.abs(value) / largest, order);
    }
    return largest * Math.pow(total, 1 / order);
  }

  /// (∫ |f|^p)^{1/p} for f with these values at the left and right ends of pieces of these lengths.
  /// A piece of infinite length where f is 0 counts nothing.
  double ofPieces(double[] lengths, double[] left, double[] right) {
    double largest = Math.max(largest(left), largest(right));
    if (isLargest(largest)) {
      return largest;
    }
    double total = 0;
    for (int i = 0; i < lengths.length; i++) {
      double mean = meanPower(left[i] / largest, right[i] / largest);
      total += mean == 0 ? 0 : lengths[i] * mean;
    }
    return largest * Math.pow(total, 1 / order);
  }

  private boolean isLargest(double largest) {
    return order == Double.POSITIVE_INFINITY || largest == 0 || largest == Double.POSITIVE_INFINITY;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /// The mean of |f|^p over a piece on which f goes linearly from a to b.
  private double meanPower(double a, double b) {
    double small = Math.min(Math.abs(a), Math.abs(b));
    double large = Math.max(Math.abs(a), Math.abs(b));
    if (a * b < 0) {
      return (Math.pow(small, order + 1) + Math.pow(large, order + 1))
          / ((order + 1) * (small + large));
    }
    if (small == large) {
      return Math.pow(large, order);
    }
    // (large^{p+1} − small^{p+1}) / ((p + 1)(large − small)), which does not cancel in this form.
    double drop = (large - small) / large;
    return Math.pow(large, order)
        * -Math.expm1((order + 1) * Math.log1p(-drop))
        / ((order + 1) * drop);
  }
}
