package topolip.dataset;

/// One image of the generated data set: where its figure lies, how it is coloured and lit.
final class ShapeScene {
  private static final int SIDE = 32;

  private final ShapeFigure figure;
  private final ShapeRandom random;

  private final double centreX;
  private final double centreY;
  private final double size;
  private final double cosine;
  private final double sine;
  private final double[] ground;
  private final double[] first;
  private final double[] second;
  private final double lightX;
  private final double lightY;
  private final double noise;

  /// Draws every parameter of the scene.
  ///
  /// @param label the class, an index into [ShapeFigure#names()]
  ShapeScene(int label, ShapeRandom random) {
    this.figure = ShapeFigure.of(label);
    this.random = random;
    size = random.uniform(8.5, 13);
    double room = SIDE / 2.0 - 0.85 * size;
    centreX = SIDE / 2.0 + random.uniform(-room, room);
    centreY = SIDE / 2.0 + random.uniform(-room, room);
    double angle = random.uniform(0, 2 * StrictMath.PI);
    cosine = StrictMath.cos(angle);
    sine = StrictMath.sin(angle);
    boolean light = random.coin();
    // Hues cluster by class, but so widely that they decide nothing.
    double hue = label / 10.0 + 0.2 * random.gaussian();
    double value = light ? random.uniform(0.7, 1) : random.uniform(0.1, 0.4);
    double saturation = random.uniform(0.4, 1);
    first = colour(hue, saturation, value);
    second = colour(hue + random.uniform(-0.05, 0.05), saturation, light ? value - 0.4 : value + 0.4);
    ground =
        colour(
            random.uniform(0, 1),
            random.uniform(0, 0.6),
            light ? random.uniform(0.05, 0.4) : random.uniform(0.6, 1));
    double direction = random.uniform(0, 2 * StrictMath.PI);
    double strength = random.uniform(0, 0.3) / SIDE;
    lightX = strength * StrictMath.cos(direction);
    lightY = strength * StrictMath.sin(direction);
    noise = random.uniform(0.01, 0.06);
  }

  /// Red, green and blue of a hue (any real, period 1), saturation and value.
  private static double[] colour(double hue, double saturation, double value) {
    double[] rgb = new double[3];
    for (int c = 0; c < 3; c++) {
      double k = 6 * (hue - c / 3.0 - StrictMath.floor(hue - c / 3.0));
      double pure = Math.clamp(Math.abs(k - 3) - 1, 0, 1);
      rgb[c] = value * (1 - saturation + saturation * pure);
    }
    return rgb;
  }

  /// Writes `(3, 32, 32)` values in [0, 1].
  void draw(float[] target, int offset) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double dx = (x + 0.5 - centreX) / size;
        double dy = (y + 0.5 - centreY) / size;
        double u = cosine * dx + sine * dy;
        double v = cosine * dy - sine * dx;
        double inside = Math.clamp(0.5 - figure.distance(u, v) * size, 0, 1);
        double tone = figure.tone(u, v, size);
        double lighting = 1 + lightX * (x - SIDE / 2) + lightY * (y - SIDE / 2);
        for (int c = 0; c < 3; c++) {
          double object = first[c] + tone * (second[c] - first[c]);
          double value = ground[c] + inside * (object - ground[c]);
          double seen = value * lighting + noise * random.gaussian();
          target[offset + (c * SIDE + y) * SIDE + x] = (float) Math.clamp(seen, 0, 1);
        }
      }
    }
  }
}
