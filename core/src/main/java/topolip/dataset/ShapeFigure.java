package topolip.dataset;

/// A filled outline at a place, size and rotation, with its shadow.
final class ShapeFigure {
  private static final double SHADOW = 0.45;

  private final ShapeOutline outline;
  private final ShapeFill fill;
  private final double x;
  private final double y;
  private final double scale;
  private final double cos;
  private final double sin;
  private final double fillCos;
  private final double fillSin;
  private final double fillU;
  private final double fillV;
  private final double period;
  private final double shadowX;
  private final double shadowY;
  private final ShapeColour first;
  private final ShapeColour second;

  /// Draws place, size, rotation, texture and colours for one image.
  ///
  /// @param side of the image, in pixels
  /// @param hue of the figure, in turns
  /// @param bright whether the first colour is the brighter one
  ShapeFigure(
      ShapeRandom random,
      ShapeOutline outline,
      ShapeFill fill,
      double side,
      double hue,
      boolean bright) {
    this.outline = outline;
    this.fill = fill;
    scale = random.uniform(0.33, 0.43) * side;
    double slack = side / 2 - 0.92 * scale;
    x = side / 2 + random.uniform(-slack, slack);
    y = side / 2 + random.uniform(-slack, slack);
    double angle = random.angle();
    cos = StrictMath.cos(angle);
    sin = StrictMath.sin(angle);
    double fillAngle = random.angle();
    fillCos = StrictMath.cos(fillAngle);
    fillSin = StrictMath.sin(fillAngle);
    period = random.uniform(0.5, 0.66) * scale;
    fillU = random.uniform(0, period);
    fillV = random.uniform(0, period);
    shadowX = random.uniform(-0.2, 0.2) * scale;
    shadowY = random.uniform(0.05, 0.25) * scale;
    ShapeColour light = ShapeColour.ofHsv(hue, random.uniform(0.35, 0.85), random.uniform(0.8, 1));
    ShapeColour dark =
        ShapeColour.ofHsv(
            hue + random.uniform(-0.1, 0.1), random.uniform(0.4, 0.9), random.uniform(0.2, 0.45));
    first = bright ? light : dark;
    second = bright ? dark : light;
  }

  /// The colour of a pixel, given that of the background.
  ShapeColour over(ShapeColour background, double px, double py) {
    double shade = SHADOW * soft(painted(px - shadowX, py - shadowY));
    ShapeColour ground = background.times(1 - shade);
    return ground.towards(texture(px - x, py - y), ShapeFill.coverage(painted(px, py)));
  }

  private ShapeColour texture(double dx, double dy) {
    double u = fillCos * dx + fillSin * dy + fillU;
    double v = fillCos * dy - fillSin * dx + fillV;
    return first.towards(second, fill.secondColour(u, v, period));
  }

  private double painted(double px, double py) {
    double dx = (px - x) / scale;
    double dy = (py - y) / scale;
    double distance = outline.signedDistance(cos * dx + sin * dy, cos * dy - sin * dx);
    return fill.painted(scale * distance, scale);
  }

  /// An edge four pixels wide.
  private static double soft(double signedDistance) {
    return ShapeFill.coverage(signedDistance / 4);
  }
}
