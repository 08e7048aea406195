package topolip.perturb.corruption;

/// The affine map of the plane that three pairs of points define.
final class AffineMap {
  private AffineMap() {}

  /// `(2, 3)`: the map `x' = a x + b y + c`, row by row.
  static double[][] between(double[][] from, double[][] to) {
    double x1 = from[1][0] - from[0][0];
    double y1 = from[1][1] - from[0][1];
    double x2 = from[2][0] - from[0][0];
    double y2 = from[2][1] - from[0][1];
    double determinant = x1 * y2 - x2 * y1;
    double[][] map = new double[2][3];
    for (int k = 0; k < 2; k++) {
      double d1 = to[1][k] - to[0][k];
      double d2 = to[2][k] - to[0][k];
      map[k][0] = (d1 * y2 - d2 * y1) / determinant;
      map[k][1] = (x1 * d2 - x2 * d1) / determinant;
      map[k][2] = to[0][k] - map[k][0] * from[0][0] - map[k][1] * from[0][1];
    }
    return map;
  }
}
