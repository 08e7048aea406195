package topolip.homology;

import java.util.Arrays;
import java.util.List;

/// A growing array of longs.
final class LongList {
  private long[] values = new long[64];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, size));
    }
    values[size++] = value;
  }

  long get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }

  /// The values of all lists, the last first.
  static long[] reversed(List<LongList> lists) {
    long[] all = new long[lists.stream().mapToInt(LongList::size).reduce(0, Math::addExact)];
    int place = all.length;
    for (LongList list : lists) {
      for (int i = 0; i < list.size; i++) {
        all[--place] = list.values[i];
      }
    }
    return all;
  }

  long[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
