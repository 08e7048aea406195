package topolip.diagram;

import java.util.stream.IntStream;
import topolip.homology.PersistenceDiagram;

/// The Betti curve of a diagram: how many intervals hold t,
///
/// β(t) = #{[b, d) : b ≤ t < d}.
///
/// At a birth the class is counted, at its death no more, as by GUDHI's `BettiCurve`. Essential
/// classes are counted for ever: with them the curve does not end with 0 and its L_p norms are
/// infinite. O(n log² n) time for n intervals.
public final class BettiCurve {
  private BettiCurve() {}

  /// The curve as an exact function; `grid.sample(BettiCurve.of(diagram)::at)` is a vector.
  public static StepFunction of(PersistenceDiagram diagram) {
    return StepFunction.sum(
        IntStream.range(0, diagram.size())
            .mapToObj(i -> StepFunction.onInterval(diagram.birth(i), diagram.death(i), 1))
            .toList());
  }
}
