package topolip.dataset;

import java.util.Locale;

/// The outline of a figure about the origin, of circumradius near 1.
enum ShapeOutline {
  DISC,
  STAR,
  SQUARE,
  CROSS,
  TRIANGLE;

  private static final double RADIUS = 0.88;

  /// The distance of a point from the outline, negative inside.
  double signedDistance(double x, double y) {
    return switch (this) {
      case DISC -> StrictMath.sqrt(x * x + y * y) - RADIUS;
      case SQUARE -> ShapePolygon.SQUARE.signedDistance(x, y);
      case TRIANGLE -> ShapePolygon.TRIANGLE.signedDistance(x, y);
      case STAR -> ShapePolygon.STAR.signedDistance(x, y);
      case CROSS -> ShapePolygon.CROSS.signedDistance(x, y);
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
