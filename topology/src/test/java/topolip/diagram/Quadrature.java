package topolip.diagram;

import java.util.function.DoubleUnaryOperator;

/// Numerical integrals, as an oracle for closed forms.
final class Quadrature {
  private static final double[] NODES = {
    0, 0.5384693101056831, -0.5384693101056831, 0.9061798459386640, -0.9061798459386640
  };
  private static final double[] WEIGHTS = {
    128 / 225.0, 0.4786286704993665, 0.4786286704993665, 0.2369268850561891, 0.2369268850561891
  };

  private Quadrature() {}

  /// The Gauss-Legendre rule of 5 points on each of many equal parts.
  static double integral(DoubleUnaryOperator f, double from, double to, int parts) {
    double half = (to - from) / parts / 2;
    double total = 0;
    for (int part = 0; part < parts; part++) {
      double middle = from + (2 * part + 1) * half;
      for (int i = 0; i < NODES.length; i++) {
        total += WEIGHTS[i] * half * f.applyAsDouble(middle + NODES[i] * half);
      }
    }
    return total;
  }
}
