package topolip.dataset;

/// The lighting of an image: a gain that changes linearly across it.
final class ShapeLight {
  private final double middle;
  private final double perX;
  private final double perY;

  ShapeLight(ShapeRandom random, double side) {
    double gain = random.uniform(0.65, 1.05);
    double angle = random.angle();
    double slope = random.uniform(0, 0.35) * gain / (side / 2);
    perX = slope * StrictMath.cos(angle);
    perY = slope * StrictMath.sin(angle);
    middle = gain - (perX + perY) * side / 2;
  }

  double gain(double x, double y) {
    return middle + perX * x + perY * y;
  }
}
