package topolip.perturb.corruption;

import java.util.function.DoubleUnaryOperator;

/// Changes of an RGB image in hue, saturation and value: the hexcone of Smith 1978
/// (doi:10.1145/965139.807361), in the order of operations of scikit-image.
final class Hsv {
  private Hsv() {}

  static Planes brighter(Planes image, double addend) {
    return changed(image, s -> s, v -> Math.clamp(v + addend, 0, 1));
  }

  static Planes saturated(Planes image, double factor, double addend) {
    return changed(image, s -> Math.clamp(s * factor + addend, 0, 1), v -> v);
  }

  private static Planes changed(
      Planes image, DoubleUnaryOperator saturation, DoubleUnaryOperator value) {
    int size = image.height() * image.width();
    double[][] rgb = new double[3][size];
    for (int i = 0; i < size; i++) {
      double r = image.channel(0)[i];
      double g = image.channel(1)[i];
      double b = image.channel(2)[i];
      double v = Math.max(r, Math.max(g, b));
      double range = v - Math.min(r, Math.min(g, b));
      double s = v == 0 || range == 0 ? 0 : range / v;
      write(rgb, i, hue(r, g, b, v, range), saturation.applyAsDouble(s), value.applyAsDouble(v));
    }
    return new Planes(image.height(), image.width(), rgb);
  }

  private static double hue(double r, double g, double b, double v, double range) {
    if (range == 0) {
      return 0;
    }
    double sixths = v == b ? 4 + (r - g) / range : v == g ? 2 + (b - r) / range : (g - b) / range;
    double hue = sixths / 6;
    return hue - Math.floor(hue);
  }

  private static void write(double[][] rgb, int i, double h, double s, double v) {
    double sixths = Math.floor(h * 6);
    double f = h * 6 - sixths;
    double p = v * (1 - s);
    double q = v * (1 - f * s);
    double t = v * (1 - (1 - f) * s);
    switch ((int) sixths % 6) {
      case 0 -> set(rgb, i, v, t, p);
      case 1 -> set(rgb, i, q, v, p);
      case 2 -> set(rgb, i, p, v, t);
      case 3 -> set(rgb, i, p, q, v);
      case 4 -> set(rgb, i, t, p, v);
      default -> set(rgb, i, v, p, q);
    }
  }

  private static void set(double[][] rgb, int i, double r, double g, double b) {
    rgb[0][i] = r;
    rgb[1][i] = g;
    rgb[2][i] = b;
  }
}
