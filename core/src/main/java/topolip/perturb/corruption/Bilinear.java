package topolip.perturb.corruption;

/// Values between pixels.
final class Bilinear {
  private Bilinear() {}

  /// Puts the values of all channels at a place, from the four pixels around it, at an index of the
  /// result.
  static void at(Planes image, double y, double x, Edge edge, double[][] result, int index) {
    int y0 = (int) Math.floor(y);
    int x0 = (int) Math.floor(x);
    double v = y - y0;
    double u = x - x0;
    int above = edge.inside(y0, image.height()) * image.width();
    int below = edge.inside(y0 + 1, image.height()) * image.width();
    int left = edge.inside(x0, image.width());
    int right = edge.inside(x0 + 1, image.width());
    for (int c = 0; c < result.length; c++) {
      double[] plane = image.channel(c);
      result[c][index] =
          (1 - v) * ((1 - u) * plane[above + left] + u * plane[above + right])
              + v * ((1 - u) * plane[below + left] + u * plane[below + right]);
    }
  }
}
