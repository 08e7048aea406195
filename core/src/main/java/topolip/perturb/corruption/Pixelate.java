package topolip.perturb.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/// An image made smaller and larger again by boxes: `PIL.Image.resize` with `BOX`, which averages
/// whole pixels, first along rows, then along columns, each rounded to 256 levels.
record Pixelate(double scale) implements Distortion {

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) {
    Boxes columns = Boxes.of(image.width(), (int) (image.width() * scale));
    Boxes rows = Boxes.of(image.height(), (int) (image.height() * scale));
    return image.map(plane -> {
      int[] levels = new int[plane.length];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = (int) Math.rint(plane[i] * 255);
      }
      int[] narrow = columns.alongRows(levels, image.height());
      return enlarged(rows.alongColumns(narrow, columns.count()), rows, columns);
    });
  }

  /// Back to the whole size: each pixel is that of the one box its middle is in.
  private static double[] enlarged(int[] small, Boxes rows, Boxes columns) {
    int height = rows.length();
    int width = columns.length();
    double[] values = new double[small.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Planes.ofLevel(small[i]);
    }
    double[] large = new double[height * width];
    for (int y = 0; y < height; y++) {
      int row = rows.around(y) * columns.count();
      if (y > 0 && rows.around(y) == rows.around(y - 1)) {
        System.arraycopy(large, (y - 1) * width, large, y * width, width);
        continue;
      }
      for (int x = 0; x < width; x++) {
        large[y * width + x] = values[row + columns.around(x)];
      }
    }
    return large;
  }
}
