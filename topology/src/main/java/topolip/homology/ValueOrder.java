package topolip.homology;

import java.util.Arrays;

/// Sorts indices by values; equal values keep the order of their indices.
///
/// A value's place between the least and the largest, in 2³¹ steps, is packed above its index, so
/// that an array of longs is sorted. Values on the same step are sorted again among themselves.
final class ValueOrder {
  private static final double STEPS = (1L << 31) - 1;

  private final double[] values;
  private final long[] packed;

  private ValueOrder(double[] values) {
    this.values = values;
    this.packed = new long[values.length];
    Arrays.setAll(packed, i -> i);
  }

  /// The indices of finite values, in increasing order of the values.
  static int[] of(double[] values) {
    ValueOrder order = new ValueOrder(values);
    order.sort(0, values.length);
    int[] indices = new int[values.length];
    Arrays.setAll(indices, i -> (int) order.packed[i]);
    return indices;
  }

  private double value(int place) {
    return values[(int) packed[place]];
  }

  private void sort(int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      least = Math.min(least, value(i));
      largest = Math.max(largest, value(i));
    }
    if (least >= largest) {
      return;
    }
    double range = largest - least;
    for (int i = from; i < to; i++) {
      long step = (long) ((value(i) - least) / range * STEPS);
      packed[i] = step << 32 | (packed[i] & 0xFFFF_FFFFL);
    }
    Arrays.sort(packed, from, to);
    for (int start = from; start < to; ) {
      int end = start + 1;
      while (end < to && packed[end] >>> 32 == packed[start] >>> 32) {
        end++;
      }
      if (end - start > 1) {
        sort(start, end);
      }
      start = end;
    }
  }
}
