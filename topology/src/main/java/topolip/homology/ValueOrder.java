package topolip.homology;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/// Sorts numbers by values; equal values keep the order of their numbers.
///
/// A value's place between the least and the largest, in 2³¹ steps, is packed above its number, so
/// that an array of longs is sorted, in place. Values on the same step are sorted again among
/// themselves.
final class ValueOrder {
  private static final double STEPS = (1L << 31) - 1;
  private static final long NUMBER = 0xFFFF_FFFFL;

  private final long[] packed;
  private final IntToDoubleFunction values;

  private ValueOrder(long[] packed, IntToDoubleFunction values) {
    this.packed = packed;
    this.values = values;
  }

  /// Puts numbers in increasing order of their values.
  ///
  /// @param numbers increasing, below 2³²
  /// @param values a finite one for each number, given as an int without sign
  static void sort(long[] numbers, IntToDoubleFunction values) {
    new ValueOrder(numbers, values).sort(0, numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] &= NUMBER;
    }
  }

  private double value(int place) {
    return values.applyAsDouble((int) packed[place]);
  }

  private void sort(int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      double value = value(i);
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    if (least >= largest) {
      return;
    }
    double range = largest - least;
    for (int i = from; i < to; i++) {
      long step = (long) ((value(i) - least) / range * STEPS);
      packed[i] = step << 32 | (packed[i] & NUMBER);
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
