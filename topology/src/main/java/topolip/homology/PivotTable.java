package topolip.homology;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Which reduced column has a simplex as its pivot: a hash table with linear probing that threads
/// share without locks.
final class PivotTable {
  private static final long FREE = -1;

  /// A reduced column: its place among all columns, and the sum of simplices whose coboundary it
  /// is, packed with their coefficients, the coefficient of its pivot being 1.
  @SuppressWarnings("ArrayRecordComponent") // never compared, and never written to
  record Column(int index, long[] terms, int pivotCoefficient) {}

  private final AtomicLongArray pivots;
  private final AtomicReferenceArray<@Nullable Column> columns;
  private final int mask;

  /// @param most the number of columns, each of which claims at most one pivot
  PivotTable(int most) {
    int capacity = Integer.highestOneBit(Math.max(16, Math.min(most, 1 << 28) * 2 - 1)) * 2;
    long[] free = new long[capacity];
    Arrays.fill(free, FREE);
    pivots = new AtomicLongArray(free);
    columns = new AtomicReferenceArray<>(capacity);
    mask = capacity - 1;
  }

  @Nullable Column get(long pivot) {
    int slot = slot(pivot);
    return pivots.get(slot) == FREE ? null : columns.get(slot);
  }

  /// Puts a column in place of the one expected; whether nobody else did before.
  boolean replace(long pivot, @Nullable Column expected, Column column) {
    int slot = slot(pivot);
    while (pivots.get(slot) == FREE) {
      pivots.compareAndSet(slot, FREE, pivot);
      slot = slot(pivot);
    }
    return columns.compareAndSet(slot, expected, column);
  }

  /// The slot of a pivot, or the free one where it would be.
  private int slot(long pivot) {
    // Fibonacci hashing spreads keys that differ in their low bits only.
    int slot = (int) ((pivot * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    for (long other = pivots.get(slot); other != FREE && other != pivot; other = pivots.get(slot)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  boolean contains(long pivot) {
    return get(pivot) != null;
  }

  /// Takes a pivot and its column.
  interface Visitor {
    void visit(long pivot, Column column);
  }

  void forEach(Visitor visitor) {
    for (int slot = 0; slot <= mask; slot++) {
      Column column = columns.get(slot);
      if (column != null) {
        visitor.visit(pivots.get(slot), column);
      }
    }
  }
}
