package topolip.dataset;

/// Draws one image, `(3, side, side)`: a figure over a background, lit, with noise.
final class ShapeImage {
  static final int SIDE = 32;

  private ShapeImage() {}

  /// Pixel centres lie at half-integers. Values are clipped to [0, 1].
  static void draw(ShapeRandom random, ShapeClass shape, float[] target, int offset) {
    boolean dark = random.coin();
    ShapeBackdrop backdrop = new ShapeBackdrop(random, dark);
    double hue = shape.hue() + random.uniform(-ShapeClass.HUE_SPREAD, ShapeClass.HUE_SPREAD);
    ShapeFigure figure = new ShapeFigure(random, shape.outline(), shape.fill(), SIDE, hue, dark);
    ShapeLight light = new ShapeLight(random, SIDE);
    double[] values = new double[3 * SIDE * SIDE];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double x = column + 0.5;
        double y = row + 0.5;
        ShapeColour colour = figure.over(backdrop.at(x, y), x, y).times(light.gain(x, y));
        put(colour, values, row * SIDE + column);
      }
    }
    random.addNoise(values, random.uniform(0.01, 0.06));
    for (int i = 0; i < values.length; i++) {
      target[offset + i] = (float) Math.clamp(values[i], 0.0, 1.0);
    }
  }

  private static void put(ShapeColour colour, double[] values, int pixel) {
    values[pixel] = colour.red();
    values[SIDE * SIDE + pixel] = colour.green();
    values[2 * SIDE * SIDE + pixel] = colour.blue();
  }
}
