package topolip.diagram;

import java.io.Serializable;
import topolip.homology.PersistenceDiagram;

/// The exact Wasserstein distance of persistence diagrams:
///
/// W_p(A, B) = (min over matchings of Σ ‖a − b‖^p + Σ over unmatched points of their distance to
/// the diagonal^p)^{1/p}.
///
/// Essential classes are matched among themselves in order of birth, which is optimal on a line;
/// their differences count like those of matched points. It is exact but for rounding: dual values
/// prove that the matching is optimal (to 2⁻⁴⁸ of the costs that are compared), and its cost is
/// summed pair by pair, so that equal diagrams have distance 0.
///
/// Time: O((n + m) log(n + m)), as measured, if all births are equal, as in degree 0 of
/// Vietoris-Rips; otherwise a shortest augmenting path a point over some 12 to 40 pairs a point,
/// found in k-d trees. Memory is O(n + m), about 1 kB a point. Diagrams that almost coincide are
/// matched at once.
///
/// @param order p, at least 1 and finite. Of high orders, powers of small differences may vanish in
///   double precision, which is an error; the [Bottleneck] distance is the limit of high orders.
/// @param ground the norm of the birth-death plane
public record Wasserstein(double order, GroundNorm ground) implements Serializable {

  public Wasserstein {
    if (!(order >= 1) || order == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("order must be at least 1 and finite: " + order);
    }
  }

  /// The distance of two diagrams of one degree, `+∞` if they differ in the number of essential
  /// classes. Symmetric to the last bit.
  ///
  /// @throws IllegalArgumentException if the degrees differ
  /// @throws ArithmeticException if the diagrams differ, but by so little beside their largest
  ///   persistence that the powers of their differences vanish
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public double distance(PersistenceDiagram a, PersistenceDiagram b) {
    return ScaledPair.of(a, b).distance(new MatchingCost(this), 0).distance();
  }

  /// The distance, or something larger by at most a relative error, with a lower bound that proves
  /// it. The search ends as soon as both are near enough.
  ///
  /// @param relativeError that is allowed, not negative; 0 for the exact distance
  /// @throws IllegalArgumentException if the degrees differ
  /// @throws ArithmeticException if the diagrams differ, but by so little beside their largest
  ///   persistence that the powers of their differences vanish
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public DistanceBounds bounds(PersistenceDiagram a, PersistenceDiagram b, double relativeError) {
    if (!(relativeError >= 0) || relativeError == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "relative error must be finite and not negative: " + relativeError);
    }
    return ScaledPair.of(a, b).distance(new MatchingCost(this), relativeError);
  }

  /// An optimal matching of two diagrams of one degree; if several are, one of them. If they differ
  /// in the number of essential classes, some of these are unmatched, and the distance is `+∞`.
  ///
  /// @throws IllegalArgumentException if the degrees differ
  /// @throws ArithmeticException if the diagrams differ, but by so little beside their largest
  ///   persistence that the powers of their differences vanish
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public Matching matching(PersistenceDiagram a, PersistenceDiagram b) {
    return ScaledPair.of(a, b).matching(new MatchingCost(this));
  }
}
