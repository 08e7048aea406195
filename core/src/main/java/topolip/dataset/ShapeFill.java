package topolip.dataset;

import java.util.Locale;

/// What the inside of a figure looks like.
enum ShapeFill {
  PLAIN,
  STRIPED,
  CHECKERED,
  DOTTED,
  HOLLOW;

  private static final double DOT = 0.3;
  private static final double RIM = 0.15;

  /// The share of the second colour at a point of the texture plane, in [0, 1].
  ///
  /// @param period of the pattern, in the units of u and v, which are pixels
  double secondColour(double u, double v, double period) {
    return switch (this) {
      case PLAIN, HOLLOW -> 0;
      case STRIPED -> (1 + wave(u, period)) / 2;
      case CHECKERED -> (1 + wave(u, period) * wave(v, period)) / 2;
      case DOTTED -> coverage(toNearestDot(u, v, period) - DOT * period);
    };
  }

  /// The signed distance from what is painted, given that from the outline; both in pixels.
  double painted(double signedDistance, double scale) {
    return this == HOLLOW ? Math.abs(signedDistance + RIM * scale) - RIM * scale : signedDistance;
  }

  /// A square wave between -1 and 1 whose edges are one pixel wide.
  private static double wave(double u, double period) {
    return Math.clamp(2 * (period / 4 - Math.abs(fromCell(u, period))), -1.0, 1.0);
  }

  private static double toNearestDot(double u, double v, double period) {
    double x = fromCell(u, period);
    double y = fromCell(v, period);
    return StrictMath.sqrt(x * x + y * y);
  }

  /// The offset from the nearest multiple of the period.
  private static double fromCell(double u, double period) {
    return u - period * Math.floor(u / period + 0.5);
  }

  /// How much of a pixel at this signed distance from an edge is inside, in [0, 1].
  static double coverage(double signedDistance) {
    return Math.clamp(0.5 - signedDistance, 0.0, 1.0);
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
