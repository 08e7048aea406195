package topolip.perturb.corruption;

import java.util.stream.IntStream;

/// An axis in boxes of whole pixels: those that a smaller one is the mean of, and those that take
/// its value when it is made large again, which are the same but for ties.
final class Boxes {
  /// Of means as fractions of 2²³: exact for boxes of up to 90 pixels of 256 levels.
  private static final int SHIFT = 23;

  private static final int LARGEST = 90;

  private final int length;

  /// The pixels of each mean, without the end.
  private final int[] from;

  private final int[] to;

  /// The first pixel that takes the value of a box, and the end.
  private final int[] start;

  /// All boxes that are not a pixel that stays as it is.
  private final int[] changed;

  private Boxes(int length, int[] from, int[] to, int[] start) {
    this.length = length;
    this.from = from;
    this.to = to;
    this.start = start;
    this.changed =
        IntStream.range(0, from.length)
            .filter(b -> to[b] > from[b] + 1 || start[b] != from[b] || start[b + 1] != to[b])
            .toArray();
  }

  /// @throws IllegalArgumentException if boxes would be larger than 90 pixels
  static Boxes of(int length, int target) {
    double ratio = (double) length / target;
    if (!(ratio < LARGEST)) {
      throw new IllegalArgumentException(
          "boxes have fewer than %d pixels, not %d / %d".formatted(LARGEST, length, target));
    }
    int[] from = new int[target];
    int[] to = new int[target];
    int[] start = new int[target + 1];
    for (int b = 0; b < target; b++) {
      double centre = (b + 0.5) * ratio;
      from[b] = Math.max(0, (int) (centre - 0.5 * ratio + 0.5));
      to[b] = Math.min(length, (int) (centre + 0.5 * ratio + 0.5));
      while ((from[b] - centre + 0.5) * (1 / ratio) <= -0.5) {
        from[b]++;
      }
      while ((to[b] - 1 - centre + 0.5) * (1 / ratio) > 0.5) {
        to[b]--;
      }
    }
    for (int x = 0; x < length; x++) {
      start[(int) ((x + 0.5) * ((double) target / length)) + 1] = x + 1;
    }
    return new Boxes(length, from, to, start);
  }

  /// The number of pixels of the axis.
  int length() {
    return length;
  }

  /// Levels become the means along the row of the boxes that their middles are in, rounded.
  void alongRows(int[] before, int[] after) {
    System.arraycopy(before, 0, after, 0, before.length);
    for (int b : changed) {
      int factor = factor(b);
      int size = to[b] - from[b];
      for (int row = 0; row < before.length; row += length) {
        int sum = before[row + from[b]];
        for (int k = 1; k < size; k++) {
          sum += before[row + from[b] + k];
        }
        int mean = ((2 * sum + size) * factor) >> SHIFT;
        for (int x = start[b]; x < start[b + 1]; x++) {
          after[row + x] = mean;
        }
      }
    }
  }

  /// The same along columns, of planes of `width` columns.
  void alongColumns(int[] before, int[] after, int width) {
    System.arraycopy(before, 0, after, 0, before.length);
    for (int plane = 0; plane < before.length; plane += length * width) {
      for (int b : changed) {
        int at = plane + start[b] * width;
        System.arraycopy(before, plane + from[b] * width, after, at, width);
        for (int y = from[b] + 1; y < to[b]; y++) {
          add(before, plane + y * width, after, at, width);
        }
        divide(after, at, width, to[b] - from[b], factor(b));
        for (int y = start[b] + 1; y < start[b + 1]; y++) {
          System.arraycopy(after, at, after, plane + y * width, width);
        }
      }
    }
  }

  /// Half the inverse of the size of a box, rounded up.
  private int factor(int b) {
    return Math.ceilDiv(1 << (SHIFT - 1), to[b] - from[b]);
  }

  private static void add(int[] levels, int from, int[] sums, int at, int width) {
    for (int x = 0; x < width; x++) {
      sums[at + x] += levels[from + x];
    }
  }

  /// Sums of `size` levels become means, halves up.
  private static void divide(int[] sums, int at, int width, int size, int factor) {
    for (int x = 0; x < width; x++) {
      sums[at + x] = ((2 * sums[at + x] + size) * factor) >> SHIFT;
    }
  }
}
