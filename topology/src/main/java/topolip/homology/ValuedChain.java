package topolip.homology;

import java.util.Arrays;

/// A sum of simplices that are ordered by a value, then by their number: a heap in which equal
/// simplices are added up when they come to its top.
final class ValuedChain {
  private final PrimeField field;
  private double[] values = new double[64];
  private long[] packed = new long[64];
  private int size;

  private double value;
  private int coefficient;

  ValuedChain(PrimeField field) {
    this.field = field;
  }

  void clear() {
    size = 0;
  }

  void add(double newValue, long simplex, int newCoefficient) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, size));
      packed = Arrays.copyOf(packed, values.length);
    }
    long key = field.pack(simplex, newCoefficient);
    int i = size++;
    while (i > 0 && isBefore(newValue, key, (i - 1) >>> 1)) {
      copy((i - 1) >>> 1, i);
      i = (i - 1) >>> 1;
    }
    values[i] = newValue;
    packed[i] = key;
  }

  private boolean isBefore(double aValue, long aKey, int b) {
    return aValue < values[b] || (aValue == values[b] && aKey < packed[b]);
  }

  private void copy(int from, int to) {
    values[to] = values[from];
    packed[to] = packed[from];
  }

  /// Removes and returns the earliest simplex with a coefficient other than 0, or [Chain#EMPTY].
  long pop() {
    while (size > 0) {
      long simplex = field.simplex(packed[0]);
      value = values[0];
      int sum = 0;
      while (size > 0 && field.simplex(packed[0]) == simplex) {
        sum = field.add(sum, field.coefficient(packed[0]));
        removeFirst();
      }
      if (sum != 0) {
        coefficient = sum;
        return simplex;
      }
    }
    return Chain.EMPTY;
  }

  private void removeFirst() {
    size--;
    double lastValue = values[size];
    long lastKey = packed[size];
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && isBefore(values[child + 1], packed[child + 1], child)) {
        child++;
      }
      if (!isBefore(values[child], packed[child], size)) {
        break;
      }
      copy(child, i);
      i = child;
    }
    values[i] = lastValue;
    packed[i] = lastKey;
  }

  /// The value of the simplex that was removed last.
  double value() {
    return value;
  }

  /// The coefficient of the simplex that was removed last.
  int coefficient() {
    return coefficient;
  }

  /// The sum as simplices packed with their coefficients, in order; empties the chain.
  long[] drain() {
    LongList terms = new LongList();
    for (long simplex = pop(); simplex != Chain.EMPTY; simplex = pop()) {
      terms.add(field.pack(simplex, coefficient));
    }
    return terms.toArray();
  }
}
