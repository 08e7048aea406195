package topolip.diagram;

import java.util.Arrays;

/// Where functions of one variable change: increasing values.
final class Breakpoints {
  private Breakpoints() {}

  /// The values that are in either, each once.
  static double[] union(double[] a, double[] b) {
    double[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    Arrays.sort(all);
    int size = 0;
    for (double x : all) {
      if (size == 0 || x != all[size - 1]) {
        all[size++] = x;
      }
    }
    return Arrays.copyOf(all, size);
  }

  /// Where a value stands among breakpoints, as [Arrays#binarySearch(double[], double)].
  static int search(double[] xs, double t) {
    if (Double.isNaN(t)) {
      throw new IllegalArgumentException("a function has no value at NaN");
    }
    return Arrays.binarySearch(xs, unsigned(t));
  }

  /// The same number, 0 for −0, from which a search would tell it.
  static double unsigned(double x) {
    return x + 0.0;
  }
}
