package topolip.dataset;

/// A closed polygon, convex or not, about the origin.
final class ShapePolygon {
  static final ShapePolygon SQUARE = ofRadii(4, 1.1);
  static final ShapePolygon TRIANGLE = ofRadii(3, 1.2);
  static final ShapePolygon STAR = ofRadii(10, 1.2, 0.52);
  static final ShapePolygon CROSS = cross(0.98, 0.34);

  private final double[] corners;

  /// Corners in order around the polygon, `(corners, 2)`.
  private ShapePolygon(double... corners) {
    this.corners = corners;
  }

  /// Corners at equal angles whose distances from the origin take turns.
  private static ShapePolygon ofRadii(int count, double... radii) {
    double[] corners = new double[2 * count];
    for (int k = 0; k < count; k++) {
      double angle = 2 * StrictMath.PI * k / count;
      corners[2 * k] = radii[k % radii.length] * StrictMath.cos(angle);
      corners[2 * k + 1] = radii[k % radii.length] * StrictMath.sin(angle);
    }
    return new ShapePolygon(corners);
  }

  /// Two bars at right angles, of these half length and half width.
  private static ShapePolygon cross(double l, double w) {
    return new ShapePolygon(
        l, -w, l, w, w, w, w, l, -w, l, -w, w, -l, w, -l, -w, -w, -w, -w, -l, w, -l, w, -w);
  }

  /// The distance of a point from the nearest edge, with the sign of the even-odd rule: negative
  /// where a ray from the point crosses an odd number of edges.
  double signedDistance(double x, double y) {
    double nearest = Double.POSITIVE_INFINITY;
    boolean inside = false;
    int from = corners.length - 2;
    for (int to = 0; to < corners.length; to += 2) {
      double px = x - corners[from];
      double py = y - corners[from + 1];
      double ex = corners[to] - corners[from];
      double ey = corners[to + 1] - corners[from + 1];
      double along = Math.clamp((px * ex + py * ey) / (ex * ex + ey * ey), 0.0, 1.0);
      double dx = px - along * ex;
      double dy = py - along * ey;
      nearest = Math.min(nearest, dx * dx + dy * dy);
      inside ^= (py < 0) != (py < ey) && px < py / ey * ex;
      from = to;
    }
    double distance = StrictMath.sqrt(nearest);
    return inside ? -distance : distance;
  }
}
