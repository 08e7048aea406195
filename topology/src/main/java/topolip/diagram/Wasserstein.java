package topolip.diagram;

import java.util.Arrays;
import topolip.homology.PersistenceDiagram;

/// The exact Wasserstein distance of persistence diagrams:
///
/// W_p(A, B) = (min over matchings of Σ ‖a − b‖^p + Σ over unmatched points of their distance to
/// the diagonal^p)^{1/p}.
///
/// Essential classes are matched among themselves in order of birth, which is optimal on a line;
/// their differences count like those of matched points. It is exact but for rounding: the matching
/// is optimal up to 2⁻⁵³ of the largest p-th power in it, and its cost is then summed directly, so
/// that equal diagrams have distance 0. For high orders and diagrams that almost coincide, p-th
/// powers of the differences may vanish beside those of the persistences; then several matchings
/// are equally good to this precision, and the distance is that of one of them.
///
/// Time, for n and m points: O(nm) if all births are equal, as in degree 0 of Vietoris-Rips, with
/// O(m) memory; otherwise O(nm) to find the pairs that are cheaper than their two diagonals, which
/// are held (12 bytes each), and a shortest augmenting path a point.
///
/// @param order p, at least 1 and finite
/// @param ground the norm of the birth-death plane
public record Wasserstein(double order, GroundNorm ground) {

  public Wasserstein {
    if (!(order >= 1) || order == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("order must be at least 1 and finite: " + order);
    }
  }

  /// The distance of two diagrams of one degree, `+∞` if they differ in the number of essential
  /// classes. Symmetric to the last bit.
  ///
  /// @throws IllegalArgumentException if the degrees differ
  public double distance(PersistenceDiagram a, PersistenceDiagram b) {
    if (a.degree() != b.degree()) {
      throw new IllegalArgumentException(
          "diagrams of degrees %d and %d have no distance".formatted(a.degree(), b.degree()));
    }
    DiagramPoints first = DiagramPoints.of(a);
    DiagramPoints second = DiagramPoints.of(b);
    if (first.essential().length != second.essential().length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = Math.max(first.largest(), second.largest());
    if (largest == 0) {
      return 0;
    }
    // Powers of coordinates up to 2 neither overflow nor vanish; a power of 2 divides exactly.
    double scale = Math.scalb(1.0, Math.getExponent(largest));
    DiagramPoints x = first.dividedBy(scale);
    DiagramPoints y = second.dividedBy(scale);
    double total = x.compareTo(y) <= 0 ? total(x, y) : total(y, x);
    return Math.pow(total, 1 / order) * scale;
  }

  private double total(DiagramPoints a, DiagramPoints b) {
    double essential = 0;
    for (int i = 0; i < a.essential().length; i++) {
      essential += power(Math.abs(a.essential()[i] - b.essential()[i]));
    }
    if (a.hasOneBirth() && b.hasOneBirth() && a.sameBirthAs(b)) {
      return essential + new LineMatching(this).cost(a.persistences(), b.persistences());
    }
    return essential + new PlaneMatching(this, a, b).cost();
  }

  /// The cost of a distance: its p-th power.
  double power(double distance) {
    if (order == 1) {
      return distance;
    }
    return order == 2 ? distance * distance : Math.pow(distance, order);
  }

  /// The cost of leaving a point of this persistence unmatched.
  double diagonalCost(double persistence) {
    return power(ground.toDiagonal(persistence));
  }

  /// The costs of leaving points of these persistences unmatched.
  double[] diagonalCosts(double[] persistences) {
    return Arrays.stream(persistences).map(this::diagonalCost).toArray();
  }
}
