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
    for (int x = 0; x < count(); x++) {
      double size = to[x] - from[x];
      for (int y = 0; y < height; y++) {
        int sum = 0;
        for (int k = y * length + from[x]; k < y * length + to[x]; k++) {
          sum += levels[k];
        }
        means[y * count() + x] = rounded(sum, size);
      }
    }
    return means;
  }

  /// Means of levels, column by column, each rounded.
  int[] alongColumns(int[] levels, int width) {
    int[] means = new int[count() * width];
    for (int y = 0; y < count(); y++) {
      double size = to[y] - from[y];
      int[] sums = new int[width];
      for (int k = from[y]; k < to[y]; k++) {
        for (int x = 0; x < width; x++) {
          sums[x] += levels[k * width + x];
        }
      }
      for (int x = 0; x < width; x++) {
        means[y * width + x] = rounded(sums[x], size);
      }
    }
    return means;
  }

  /// Halves up: exact, since the quotient of whole numbers as small as these is rounded to no whole
  /// number that it is not.
  private static int rounded(int sum, double count) {
    return (int) ((sum + 0.5 * count) / count);
  }
}
