package topolip.diagram;

import java.util.Arrays;
import topolip.homology.PersistenceDiagram;

/// The Wasserstein amplitude of a diagram: its [Wasserstein] distance to the empty one,
///
/// (Σ ((d − b) · 2^{1/q − 1})^p)^{1/p} with the ground norm ℓ_q,
///
/// and for p = `+∞` its bottleneck distance to the empty one. `+∞` if there is an essential class.
/// O(n) time for n intervals.
///
/// Other amplitudes are norms: [Landscape#norm], [PiecewiseLinear#norm] of a [Silhouette],
/// [StepFunction#norm] of a [BettiCurve].
///
/// @param order p, at least 1, `+∞` for the bottleneck distance
/// @param ground the norm of the birth-death plane
public record Amplitude(double order, GroundNorm ground) {

  public Amplitude {
    if (!(order >= 1)) {
      throw new IllegalArgumentException("order must be at least 1: " + order);
    }
  }

  public double of(PersistenceDiagram diagram) {
    double[] toDiagonal = new double[diagram.size()];
    double factor = Math.pow(2, 1 / ground.exponent(order));
    Arrays.setAll(toDiagonal, i -> factor * (diagram.death(i) / 2 - diagram.birth(i) / 2));
    return new LpNorm(order).of(toDiagonal);
  }
}
