package topolip.lipschitz;

/// Rows of equal length in one array. Sums are in double.
final class Rows {
  private Rows() {}

  /// The Euclidean norm of each row.
  static double[] norms(float[] rows, int count) {
    int size = rows.length / count;
    double[] norms = new double[count];
    for (int i = 0; i < count; i++) {
      double squares = 0;
      for (int p = i * size; p < (i + 1) * size; p++) {
        squares += (double) rows[p] * rows[p];
      }
      norms[i] = Math.sqrt(squares);
    }
    return norms;
  }

  /// Divides each row by its norm, unless it is 0.
  static void normalise(float[] rows, int count) {
    double[] norms = norms(rows, count);
    int size = rows.length / count;
    for (int i = 0; i < count; i++) {
      double factor = norms[i] == 0 ? 0 : 1 / norms[i];
      for (int p = i * size; p < (i + 1) * size; p++) {
        rows[p] = (float) (factor * rows[p]);
      }
    }
  }

  static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  /// The distance of row i of one array from row j of another.
  static double distance(float[] a, int i, float[] b, int j, int size) {
    double squares = 0;
    for (int p = 0; p < size; p++) {
      double d = (double) a[i * size + p] - b[j * size + p];
      squares += d * d;
    }
    return Math.sqrt(squares);
  }
}
