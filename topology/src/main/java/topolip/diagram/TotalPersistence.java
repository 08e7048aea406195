package topolip.diagram;

import java.util.stream.IntStream;
import topolip.homology.PersistenceDiagram;

/// The total persistence Σ (d − b)^p of a diagram (Cohen-Steiner, Edelsbrunner, Harer and Mileyko
/// 2010, DOI 10.1007/s10208-010-9060-6).
///
/// No root is taken and intervals are not halved: with the ground norm ℓ_∞, it is 2^p times the
/// p-th power of the Wasserstein distance of order p to the empty diagram.
///
/// @param order p, positive and finite
public record TotalPersistence(double order) {

  public TotalPersistence {
    if (!(order > 0) || order == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("order must be positive and finite: " + order);
    }
  }

  /// The total persistence, `+∞` if there is an essential class.
  public double of(PersistenceDiagram diagram) {
    return IntStream.range(0, diagram.size())
        .mapToDouble(i -> Math.pow(diagram.death(i) - diagram.birth(i), order))
        .sum();
  }
}
