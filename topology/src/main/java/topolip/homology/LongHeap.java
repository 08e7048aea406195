package topolip.homology;

import java.util.Arrays;

/// A binary heap of longs, the least first.
final class LongHeap {
  private long[] values = new long[64];
  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  long least() {
    return values[0];
  }

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, size));
    }
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (values[parent] <= value) {
        break;
      }
      values[i] = values[parent];
      i = parent;
    }
    values[i] = value;
  }

  long removeLeast() {
    long least = values[0];
    long last = values[--size];
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && values[child + 1] < values[child]) {
        child++;
      }
      if (values[child] >= last) {
        break;
      }
      values[i] = values[child];
      i = child;
    }
    values[i] = last;
    return least;
  }
}
