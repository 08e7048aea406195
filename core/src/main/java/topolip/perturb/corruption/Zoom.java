package topolip.perturb.corruption;

/// The middle of a square plane, enlarged to its size.
///
/// Bilinear, from corner to corner of the middle: `scipy.ndimage.zoom` of order 1 of the middle
/// `⌈side / factor⌉` pixels, of which the middle is cut out again.
final class Zoom {
  private Zoom() {}

  static double[] of(double[] plane, int side, double factor) {
    int cut = (int) Math.ceil(side / factor);
    int top = (side - cut) / 2;
    int large = (int) Math.rint(cut * factor);
    int trim = (large - side) / 2;
    double step = large > 1 ? (cut - 1.0) / (large - 1) : 0;
    double[] zoomed = new double[plane.length];
    for (int y = 0; y < side; y++) {
      double v = (y + trim) * step;
      int y0 = Math.min((int) v, cut - 1);
      int y1 = Math.min(y0 + 1, cut - 1);
      for (int x = 0; x < side; x++) {
        double u = (x + trim) * step;
        int x0 = Math.min((int) u, cut - 1);
        int x1 = Math.min(x0 + 1, cut - 1);
        double upper =
            at(plane, side, top, y0, x0) * (1 - (u - x0)) + at(plane, side, top, y0, x1) * (u - x0);
        double lower =
            at(plane, side, top, y1, x0) * (1 - (u - x0)) + at(plane, side, top, y1, x1) * (u - x0);
        zoomed[y * side + x] = upper * (1 - (v - y0)) + lower * (v - y0);
      }
    }
    return zoomed;
  }

  private static double at(double[] plane, int side, int top, int y, int x) {
    return plane[(top + y) * side + top + x];
  }
}
