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
    double[] large = new double[height * width];
    for (int y = 0; y < height; y++) {
      int row = rows.around(y) * columns.count();
      for (int x = 0; x < width; x++) {
        large[y * width + x] = Planes.ofLevel(small[row + columns.around(x)]);
      }
    }
    return large;
  }

  /// Which pixels of an axis each smaller one is the mean of.
  private record Boxes(int length, int[] from, int[] to, int[] places) {

    static Boxes of(int length, int target) {
      double ratio = (double) length / target;
      int[] from = new int[target];
      int[] to = new int[target];
      for (int x = 0; x < target; x++) {
        double centre = (x + 0.5) * ratio;
        from[x] = Math.max(0, (int) (centre - 0.5 * ratio + 0.5));
        to[x] = Math.min(length, (int) (centre + 0.5 * ratio + 0.5));
        while ((from[x] - centre + 0.5) / ratio <= -0.5) {
          from[x]++;
        }
        while ((to[x] - 1 - centre + 0.5) / ratio > 0.5) {
          to[x]--;
        }
      }
      int[] places = new int[length];
      for (int x = 0; x < length; x++) {
        places[x] = (int) ((x + 0.5) / ratio);
      }
      return new Boxes(length, from, to, places);
    }

    int count() {
      return from.length;
    }

    /// The box that the middle of a pixel is in.
    int around(int pixel) {
      return places[pixel];
    }

    int[] alongRows(int[] levels, int height) {
      int[] means = new int[height * count()];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < count(); x++) {
          int sum = 0;
          for (int k = from[x]; k < to[x]; k++) {
            sum += levels[y * length + k];
          }
          means[y * count() + x] = rounded(sum, to[x] - from[x]);
        }
      }
      return means;
    }

    int[] alongColumns(int[] levels, int width) {
      int[] means = new int[count() * width];
      for (int y = 0; y < count(); y++) {
        for (int x = 0; x < width; x++) {
          int sum = 0;
          for (int k = from[y]; k < to[y]; k++) {
            sum += levels[k * width + x];
          }
          means[y * width + x] = rounded(sum, to[y] - from[y]);
        }
      }
      return means;
    }

    /// Halves up.
    private static int rounded(int sum, int count) {
      return (2 * sum + count) / (2 * count);
    }
  }
}
