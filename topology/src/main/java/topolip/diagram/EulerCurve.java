package topolip.diagram;

import java.util.List;
import topolip.homology.PersistenceDiagram;

/// The Euler characteristic curve χ(t) = Σ_k (−1)^k β_k(t), with β_k the [BettiCurve] of degree k.
///
/// It is the Euler characteristic of the complex at t, whatever the field, if the diagrams of all
/// degrees are given that have intervals; of fewer, it is the alternating sum of these. Essential
/// classes count for ever, as in the Betti curves.
public final class EulerCurve {
  private EulerCurve() {}

  /// The curve as an exact function.
  ///
  /// @param diagrams of different degrees, in any order
  /// @throws IllegalArgumentException if two are of one degree
  public static StepFunction of(List<PersistenceDiagram> diagrams) {
    List<Integer> degrees = diagrams.stream().map(PersistenceDiagram::degree).toList();
    if (degrees.stream().distinct().count() < degrees.size()) {
      throw new IllegalArgumentException("diagrams of one degree twice: " + degrees);
    }
    return StepFunction.sum(
        diagrams.stream()
            .map(diagram -> BettiCurve.of(diagram).times(diagram.degree() % 2 == 0 ? 1 : -1))
            .toList());
  }
}
