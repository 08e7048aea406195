package topolip.perturb.corruption;

/// Which pixels of an axis each smaller one is the mean of.
final class Boxes {
  private final int length;
  private final int[] from;
  private final int[] to;
  private final int[] places;

  private Boxes(int length, int[] from, int[] to, int[] places) {
    this.length = length;
    this.from = from;
    this.to = to;
    this.places = places;
  }

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

  /// The number of pixels of the axis.
  int length() {
    return length;
  }

  /// The number of smaller ones.
  int count() {
    return from.length;
  }

  /// The box that the middle of a pixel is in.
  int around(int pixel) {
    return places[pixel];
  }

  /// Means of levels, row by row, each rounded.
  int[] alongRows(int[] levels, int height) {
    int[] means = new int[height * count()];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < count(); x++) {
        int at = y * length + from[x];
        int sum = levels[at];
        for (int k = 1; k < to[x] - from[x]; k++) {
          sum += levels[at + k];
        }
        means[y * count() + x] = sum;
      }
    }
    for (int x = 0; x < count(); x++) {
      divide(means, x, count(), height, to[x] - from[x]);
    }
    return means;
  }

  /// Means of levels, column by column, each rounded.
  int[] alongColumns(int[] levels, int width) {
    int[] means = new int[count() * width];
    for (int y = 0; y < count(); y++) {
      System.arraycopy(levels, from[y] * width, means, y * width, width);
      for (int k = from[y] + 1; k < to[y]; k++) {
        for (int x = 0; x < width; x++) {
          means[y * width + x] += levels[k * width + x];
        }
      }
      divide(means, y * width, 1, width, to[y] - from[y]);
    }
    return means;
  }

  /// Sums of `size` levels become means, halves up: exact, since the quotient of whole numbers as
  /// small as these is rounded to no whole number that it is not.
  private static void divide(int[] sums, int start, int step, int count, int size) {
    if (size == 1) {
      return;
    }
    for (int i = 0; i < count; i++) {
      int at = start + i * step;
      sums[at] = (int) ((sums[at] + 0.5 * size) / size);
    }
  }
}
