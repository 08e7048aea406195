package topolip.homology;

/// A sum of simplices under reduction: a heap in which equal simplices are added up when they come
/// to its top.
final class Chain {
  static final long EMPTY = -1;

  private final PrimeField field;
  private final LongHeap heap = new LongHeap();
  private int coefficient;

  Chain(PrimeField field) {
    this.field = field;
  }

  void clear() {
    heap.clear();
  }

  void add(long simplex, int coefficient) {
    heap.add(field.pack(simplex, coefficient));
  }

  /// Removes and returns the earliest simplex with a coefficient other than 0, or [#EMPTY].
  long pop() {
    while (!heap.isEmpty()) {
      long top = heap.removeLeast();
      long simplex = field.simplex(top);
      int sum = field.coefficient(top);
      while (!heap.isEmpty() && field.simplex(heap.least()) == simplex) {
        sum = field.add(sum, field.coefficient(heap.removeLeast()));
      }
      if (sum != 0) {
        coefficient = sum;
        return simplex;
      }
    }
    return EMPTY;
  }

  /// The coefficient of the simplex that was removed last.
  int coefficient() {
    return coefficient;
  }

  /// The sum as an array of simplices packed with their coefficients, in order; empties the chain.
  long[] drain() {
    LongList terms = new LongList();
    for (long simplex = pop(); simplex != EMPTY; simplex = pop()) {
      terms.add(field.pack(simplex, coefficient));
    }
    return terms.toArray();
  }
}
