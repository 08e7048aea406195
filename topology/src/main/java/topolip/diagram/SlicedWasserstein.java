package topolip.diagram;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import topolip.homology.PersistenceDiagram;

/// The sliced Wasserstein distance of persistence diagrams (Carrière, Cuturi and Oudot 2017, arXiv
/// 1706.03358, definition 3.1), over a number of directions:
///
/// SW(A, B) = mean over θ of W_1(π_θ(A ∪ Δ(B)), π_θ(B ∪ Δ(A)))
///
/// where π_θ(b, d) = b cos θ + d sin θ, and Δ takes points to their nearest ones of the diagonal.
/// The mean over the circle, which the definition asks for, is taken by the midpoint rule over half
/// of it: θ_k = −π/2 + (k + ½) π / directions. That is an estimate, neither an upper nor a lower
/// bound; its error falls about with the square of the number of directions.
///
/// Essential classes have no projections. Their part is the limit for a death in common that grows
/// without bound: (2 + √2) / π times the differences of their births, matched in order.
///
/// Time is O((n + m) log(n + m)) a direction, memory linear.
///
/// @param directions how many, at least 1
public record SlicedWasserstein(int directions) {

  public SlicedWasserstein {
    if (directions < 1) {
      throw new IllegalArgumentException("directions must be at least 1: " + directions);
    }
  }

  /// The distance of two diagrams of one degree, `+∞` if they differ in the number of essential
  /// classes. Symmetric to the last bit.
  ///
  /// @throws IllegalArgumentException if the degrees differ
  /// @throws CancellationException if the thread is interrupted
  public double distance(PersistenceDiagram a, PersistenceDiagram b) {
    DiagramPoints.requireOneDegree(a, b);
    DiagramPoints x = DiagramPoints.of(a);
    DiagramPoints y = DiagramPoints.of(b);
    if (x.essential().length != y.essential().length) {
      return Double.POSITIVE_INFINITY;
    }
    double scale = DiagramPoints.unit(Math.max(x.largest(), y.largest()));
    x = x.dividedBy(scale);
    y = y.dividedBy(scale);
    double total = 0;
    for (int k = 0; k < directions; k++) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      double angle = Math.PI * ((k + 0.5) / directions - 0.5);
      total += distanceAlong(Math.cos(angle), Math.sin(angle), x, y);
    }
    double essential = (2 + Math.sqrt(2)) / Math.PI * essentialDifference(x, y);
    return (total / directions + essential) * scale;
  }

  /// W_1 of points on a line: in increasing order, the first is matched with the first.
  private static double distanceAlong(double cos, double sin, DiagramPoints a, DiagramPoints b) {
    double[] x = projections(cos, sin, a, b);
    double[] y = projections(cos, sin, b, a);
    return IntStream.range(0, x.length).mapToDouble(i -> Math.abs(x[i] - y[i])).sum();
  }

  /// Of the points of one diagram, and of those of the other after they went to the diagonal,
  /// sorted.
  private static double[] projections(
      double cos, double sin, DiagramPoints points, DiagramPoints toDiagonal) {
    double[] projections = new double[points.size() + toDiagonal.size()];
    for (int i = 0; i < points.size(); i++) {
      projections[i] = cos * points.births()[i] + sin * points.deaths()[i];
    }
    for (int i = 0; i < toDiagonal.size(); i++) {
      double middle = (toDiagonal.births()[i] + toDiagonal.deaths()[i]) / 2;
      projections[points.size() + i] = (cos + sin) * middle;
    }
    Arrays.sort(projections);
    return projections;
  }

  private static double essentialDifference(DiagramPoints a, DiagramPoints b) {
    return IntStream.range(0, a.essential().length)
        .mapToDouble(i -> Math.abs(a.essential()[i] - b.essential()[i]))
        .sum();
  }
}
