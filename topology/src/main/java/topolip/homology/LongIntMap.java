package topolip.homology;

import java.util.Arrays;

/// A hash map from non-negative longs to ints, with linear probing.
final class LongIntMap {
  static final int ABSENT = -1;

  private long[] keys = empty(64);
  private int[] values = new int[64];
  private int size;

  private static long[] empty(int capacity) {
    long[] keys = new long[capacity];
    Arrays.fill(keys, -1);
    return keys;
  }

  void put(long key, int value) {
    if (3 * (size + 1) > 2 * keys.length) {
      grow();
    }
    int slot = slot(key);
    if (keys[slot] < 0) {
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
  }

  /// The value of a key, or [#ABSENT].
  int get(long key) {
    int slot = slot(key);
    return keys[slot] < 0 ? ABSENT : values[slot];
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    // Fibonacci hashing spreads keys that differ in their low bits only.
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (keys[slot] >= 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = empty(Math.multiplyExact(2, oldKeys.length));
    values = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] >= 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
