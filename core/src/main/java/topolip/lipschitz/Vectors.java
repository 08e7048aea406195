package topolip.lipschitz;

import org.ejml.data.DMatrixRMaj;

/// Arithmetic of plain arrays.
final class Vectors {
  private Vectors() {}

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * y[k];
    }
    return sum;
  }

  static double length(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += (x[k] - y[k]) * (x[k] - y[k]);
    }
    return Math.sqrt(sum);
  }

  /// Adds `factor · x` to `target`.
  static void add(double factor, double[] x, double[] target) {
    for (int k = 0; k < x.length; k++) {
      target[k] += factor * x[k];
    }
  }

  /// Mx.
  static double[] multiply(DMatrixRMaj matrix, double[] x) {
    double[] product = new double[matrix.getNumRows()];
    for (int i = 0; i < product.length; i++) {
      double sum = 0;
      for (int j = 0; j < x.length; j++) {
        sum += matrix.unsafe_get(i, j) * x[j];
      }
      product[i] = sum;
    }
    return product;
  }

  /// Mᵀy.
  static double[] multiplyTransposed(DMatrixRMaj matrix, double[] y) {
    double[] product = new double[matrix.getNumCols()];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < product.length; j++) {
        product[j] += matrix.unsafe_get(i, j) * y[i];
      }
    }
    return product;
  }
}
