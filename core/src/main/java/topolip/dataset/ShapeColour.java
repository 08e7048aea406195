package topolip.dataset;

/// A colour in [0, 1] each.
record ShapeColour(double red, double green, double blue) {

  /// Hue in turns (any number), saturation and value in [0, 1].
  static ShapeColour ofHsv(double hue, double saturation, double value) {
    return new ShapeColour(
        channel(hue, saturation, value),
        channel(hue - 1 / 3.0, saturation, value),
        channel(hue - 2 / 3.0, saturation, value));
  }

  /// 1 within a sixth of a turn of the channel's own hue, 0 from a third of a turn on.
  private static double channel(double turns, double saturation, double value) {
    double away = Math.abs(turns - Math.floor(turns + 0.5));
    return value * (1 - saturation * (1 - Math.clamp(2 - 6 * away, 0.0, 1.0)));
  }

  ShapeColour towards(ShapeColour other, double share) {
    return new ShapeColour(
        red + share * (other.red - red),
        green + share * (other.green - green),
        blue + share * (other.blue - blue));
  }

  ShapeColour times(double factor) {
    return new ShapeColour(factor * red, factor * green, factor * blue);
  }
}
