package topolip.perturb.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/// A blur along a line that starts at each pixel and goes one way, with weights `exp(−i² / 2σ²)`, i
/// = 0, …, 2 radius: that of ImageMagick, on 256 levels, rounded to 256 levels.
record MotionBlur(double radius, double sigma) implements PlaneDistortion {
  private static final double WIDEST = 45;

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) {
    double angle = random.nextDouble(-WIDEST, WIDEST);
    return image.map(plane -> of(plane, image.height(), image.width(), angle));
  }

  /// @param angle of the line, in degrees from the direction of rows
  double[] of(double[] plane, int height, int width, double angle) {
    int length = (int) (2 * Math.ceil(radius) + 1);
    double[] weights = new double[length];
    double sum = 0;
    for (int i = 0; i < length; i++) {
      weights[i] = Math.exp(-i * i / (2 * sigma * sigma));
      sum += weights[i];
    }
    double cos = Math.cos(Math.toRadians(angle));
    double sin = Math.sin(Math.toRadians(angle));
    double[] blurred = new double[plane.length];
    for (int i = 0; i < length; i++) {
      int dx = (int) Math.ceil(i * cos - 0.5);
      int dy = (int) Math.ceil(i * sin - 0.5);
      double weight = weights[i] / sum;
      int from = Math.clamp(-dx, 0, width);
      int to = Math.clamp(width - dx, from, width);
      for (int y = 0; y < height; y++) {
        int row = Edge.NEAREST.inside(y + dy, height) * width;
        int target = y * width;
        for (int x = 0; x < from; x++) {
          blurred[target + x] += weight * plane[row];
        }
        for (int x = from; x < to; x++) {
          blurred[target + x] += weight * plane[row + dx + x];
        }
        for (int x = to; x < width; x++) {
          blurred[target + x] += weight * plane[row + width - 1];
        }
      }
    }
    for (int i = 0; i < blurred.length; i++) {
      blurred[i] = Planes.ofLevel(blurred[i] * 255 + 0.5);
    }
    return blurred;
  }
}
