package topolip.lipschitz;

import java.util.List;

/// Activations of images, as matrices: the last two axes of one sample's shape.
final class Measured {
  private final float[] values;
  private final int rows;
  private final int columns;

  Measured(float[] values, List<Integer> shape) {
    this.values = values;
    this.columns = shape.getLast();
    this.rows = shape.size() < 2 ? 1 : shape.get(shape.size() - 2);
  }

  double longestRow() {
    return longest(rows, columns, columns, 1);
  }

  double longestColumn() {
    return longest(columns, rows, 1, columns);
  }

  private double longest(int vectors, int length, int next, int step) {
    double longest = 0;
    for (int matrix = 0; matrix < values.length; matrix += rows * columns) {
      for (int v = 0; v < vectors; v++) {
        double squares = 0;
        for (int k = 0; k < length; k++) {
          double x = values[matrix + v * next + k * step];
          squares += x * x;
        }
        longest = Math.max(longest, squares);
      }
    }
    return Math.sqrt(longest);
  }

  /// The least standard deviation of a row, or root mean square.
  double leastDeviation(boolean centred) {
    double least = Double.POSITIVE_INFINITY;
    for (int from = 0; from < values.length; from += columns) {
      double sum = 0;
      double squares = 0;
      for (int k = from; k < from + columns; k++) {
        sum += values[k];
        squares += (double) values[k] * values[k];
      }
      double mean = centred ? sum / columns : 0;
      least = Math.min(least, Math.max(0, squares / columns - mean * mean));
    }
    return Math.sqrt(least);
  }
}
