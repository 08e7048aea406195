package topolip.diagram;

/// The norm of the birth-death plane in which points of diagrams are apart.
public enum GroundNorm {
  L_INFINITY,
  L_2;

  /// The norm of a difference of births and a difference of deaths.
  double of(double births, double deaths) {
    return switch (this) {
      case L_INFINITY -> Math.max(Math.abs(births), Math.abs(deaths));
      case L_2 -> Math.sqrt(births * births + deaths * deaths);
    };
  }

  /// The distance to the diagonal of a point with this persistence (death − birth).
  double toDiagonal(double persistence) {
    return switch (this) {
      case L_INFINITY -> persistence / 2;
      case L_2 -> persistence / Math.sqrt(2);
    };
  }
}
