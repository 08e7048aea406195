package topolip.geometry;

import java.util.Arrays;

/// A growing list of edges with their lengths.
final class EdgeList {
  private int[] rows = new int[64];
  private int[] columns = new int[64];
  private double[] lengths = new double[64];
  private int size;

  void add(int row, int column, double length) {
    if (size == rows.length) {
      int capacity = Math.multiplyExact(2, size);
      rows = Arrays.copyOf(rows, capacity);
      columns = Arrays.copyOf(columns, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
    }
    rows[size] = row;
    columns[size] = column;
    lengths[size++] = length;
  }

  SparseDistances distances(int points) {
    return SparseDistances.of(
        points,
        Arrays.copyOf(rows, size),
        Arrays.copyOf(columns, size),
        Arrays.copyOf(lengths, size));
  }
}
