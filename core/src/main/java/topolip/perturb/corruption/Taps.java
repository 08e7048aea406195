package topolip.perturb.corruption;

/// Weighted sums of stretches of an array.
final class Taps {
  private Taps() {}

  /// Adds `weights[k] · values[starts[k] + x]`, k = 0, 1, …, in this order, to each of `width`
  /// sums.
  ///
  /// Four at a time, since most of the work is to load and to store the sums; the last ones are
  /// filled up with weights of 0.
  static void add(
      double[] sums, int at, int width, double[] values, int[] starts, double[] weights) {
    int last = weights.length - 1;
    for (int k = 0; k <= last; k += 4) {
      double a = weights[k];
      double b = k + 1 <= last ? weights[k + 1] : 0;
      double c = k + 2 <= last ? weights[k + 2] : 0;
      double d = k + 3 <= last ? weights[k + 3] : 0;
      int p = starts[k];
      int q = starts[Math.min(k + 1, last)];
      int r = starts[Math.min(k + 2, last)];
      int s = starts[Math.min(k + 3, last)];
      for (int x = 0; x < width; x++) {
        sums[at + x] =
            sums[at + x]
                + a * values[p + x]
                + b * values[q + x]
                + c * values[r + x]
                + d * values[s + x];
      }
    }
  }
}
