package topolip.perturb.corruption;

/// Values between pixels.
final class Bilinear {
  private Bilinear() {}

  /// The value at a place, from the four pixels around it.
  static double at(Planes image, int channel, double y, double x, Edge edge) {
    int y0 = (int) Math.floor(y);
    int x0 = (int) Math.floor(x);
    double v = y - y0;
    double u = x - x0;
    double[] plane = image.channel(channel);
    int above = edge.inside(y0, image.height()) * image.width();
    int below = edge.inside(y0 + 1, image.height()) * image.width();
    int left = edge.inside(x0, image.width());
    int right = edge.inside(x0 + 1, image.width());
    return (1 - v) * ((1 - u) * plane[above + left] + u * plane[above + right])
        + v * ((1 - u) * plane[below + left] + u * plane[below + right]);
  }
}
