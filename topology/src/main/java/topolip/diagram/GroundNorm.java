package topolip.diagram;

/// The norm of the birth-death plane in which points of diagrams are apart.
///
/// Libraries differ in which one they take: GUDHI's and Hera's default is [#L_INFINITY], persim has
/// [#L_2], and much of the literature [#L_ORDER].
public enum GroundNorm {
  /// The larger of the two differences.
  L_INFINITY,
  /// The Euclidean norm.
  L_2,
  /// The sum of the two differences.
  L_1,
  /// ℓ_p for the Wasserstein distance of order p: the norm is the order.
  L_ORDER;

  /// The exponent q of this norm ℓ_q under a Wasserstein distance of this order.
  double exponent(double order) {
    return switch (this) {
      case L_INFINITY -> Double.POSITIVE_INFINITY;
      case L_2 -> 2;
      case L_1 -> 1;
      case L_ORDER -> order;
    };
  }
}
