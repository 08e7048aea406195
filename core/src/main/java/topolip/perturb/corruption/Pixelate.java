package topolip.perturb.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/// An image made smaller and larger again by boxes: `PIL.Image.resize` with `BOX`, which averages
/// whole pixels, first along rows, then along columns, each rounded to 256 levels.
record Pixelate(double scale) implements Distortion {

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) {
    int height = image.height();
    int width = image.width();
    return image.map(plane -> {
      int rows = (int) (height * scale);
      int columns = (int) (width * scale);
      double[] small = resized(plane, height, width, columns);
      small = transposed(small, height, columns);
      small = transposed(resized(small, columns, height, rows), columns, rows);
      double[] large = transposed(resized(small, rows, columns, width), rows, width);
      large = transposed(resized(large, width, rows, height), width, height);
      for (int i = 0; i < large.length; i++) {
        large[i] = Planes.ofLevel(large[i] * 255 + 0.5);
      }
      return large;
    });
  }

  /// Each row with another number of pixels.
  private static double[] resized(double[] plane, int height, int width, int target) {
    double ratio = (double) width / target;
    double support = 0.5 * Math.max(ratio, 1);
    double[] result = new double[height * target];
    for (int x = 0; x < target; x++) {
      double centre = (x + 0.5) * ratio;
      int from = Math.max(0, (int) (centre - support + 0.5));
      int to = Math.min(width, (int) (centre + support + 0.5));
      for (int y = 0; y < height; y++) {
        double sum = 0;
        int count = 0;
        for (int k = from; k < to; k++) {
          double place = (k - centre + 0.5) / Math.max(ratio, 1);
          if (place > -0.5 && place <= 0.5) {
            sum += plane[y * width + k] * 255;
            count++;
          }
        }
        result[y * target + x] = Math.floor(sum / count + 0.5) / 255;
      }
    }
    return result;
  }

  private static double[] transposed(double[] plane, int height, int width) {
    double[] result = new double[plane.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        result[x * height + y] = plane[y * width + x];
      }
    }
    return result;
  }
}
