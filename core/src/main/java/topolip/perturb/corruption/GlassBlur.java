package topolip.perturb.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/// Pixels take the values of near ones, between two normal blurs.
///
/// The published program means to swap two pixels, but both sides of its assignment are views of
/// the same array: the second pixel stays as it is. So it is here. Pixels are visited from the
/// lower right on; those within the distance of the border, and one more row and column at the
/// upper left, take nothing.
///
/// @param distance offsets are uniform from −distance to distance − 1
record GlassBlur(double sigma, int distance, int rounds) implements PlaneDistortion {

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) {
    GaussianFilter filter = GaussianFilter.reference(sigma);
    Planes shuffled = filter.of(image).map(GlassBlur::levels);
    int height = image.height();
    int width = image.width();
    for (int round = 0; round < rounds; round++) {
      for (int y = height - distance; y > distance; y--) {
        for (int x = width - distance; x > distance; x--) {
          int dx = random.nextInt(-distance, distance);
          int dy = random.nextInt(-distance, distance);
          for (int c = 0; c < shuffled.channels(); c++) {
            double[] plane = shuffled.channel(c);
            plane[y * width + x] = plane[(y + dy) * width + x + dx];
          }
        }
      }
    }
    return filter.of(shuffled);
  }

  private static double[] levels(double[] plane) {
    double[] levels = new double[plane.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Planes.level(plane[i]) / 255.0;
    }
    return levels;
  }
}
