package topolip.diagram;

import java.util.function.DoubleBinaryOperator;
import topolip.homology.PersistenceDiagram;

/// The persistence image of a diagram (Adams et al. 2017, JMLR 18(8)): each interval is a Gaussian
/// at (b, d − b), and a pixel is the integral over it of their weighted sum,
///
/// ∬ Σ w(b, d − b) g(x − b) g(y − (d − b)) dx dy, g the density of N(0, σ²).
///
/// Integrals are exact but for rounding, by the normal distribution function, as in persim's
/// `PersistenceImager`. GUDHI's `PersistenceImage` has the density at grid points instead: a pixel
/// around the grid point, divided by its area, tends to it as pixels shrink. What lies outside the
/// image is not in it: add margins of a few σ to keep it.
///
/// The image is stable, ‖I − I'‖_1 ≤ (√5 |∇w| + √(10/π) max w / σ) W_1 with the ground norm ℓ_∞, if
/// the weight is 0 where persistence is 0 and has the gradient bound |∇w|.
///
/// Essential classes are refused. O(n · pixels) time for n intervals.
///
/// @param births edges of the pixels on the axis of births: `births.size() − 1` columns
/// @param persistences edges of the pixels on the axis of persistence: one row fewer than edges
/// @param sigma σ, positive and finite
/// @param weight of an interval, from its birth and its persistence (not its death), finite
public record PersistenceImage(
    Grid births, Grid persistences, double sigma, DoubleBinaryOperator weight) {

  public PersistenceImage {
    if (!(sigma > 0) || sigma == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("sigma must be positive and finite: " + sigma);
    }
  }

  /// Images in which intervals are weighted by their persistence.
  public PersistenceImage(Grid births, Grid persistences, double sigma) {
    this(births, persistences, sigma, (birth, persistence) -> persistence);
  }

  public int columns() {
    return births.size() - 1;
  }

  public int rows() {
    return persistences.size() - 1;
  }

  /// The image, row by row from the least persistence up: entry `row * columns() + column`.
  ///
  /// @throws IllegalArgumentException if there is an essential class, or a weight is not finite
  public double[] of(PersistenceDiagram diagram) {
    EssentialClasses.refuse(diagram, "a persistence image");
    double[] image = new double[Math.multiplyExact(rows(), columns())];
    for (int i = 0; i < diagram.size(); i++) {
      add(diagram.birth(i), diagram.death(i) - diagram.birth(i), image);
    }
    return image;
  }

  private void add(double birth, double persistence, double[] image) {
    double factor = weight.applyAsDouble(birth, persistence);
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException(
          "weight of birth %s, persistence %s is not finite: %s"
              .formatted(birth, persistence, factor));
    }
    double[] across = masses(births, birth);
    double[] up = masses(persistences, persistence);
    for (int row = 0; row < up.length; row++) {
      double rowMass = factor * up[row];
      for (int column = 0; column < across.length; column++) {
        image[row * across.length + column] += rowMass * across[column];
      }
    }
  }

  /// What N(mean, σ²) has between neighbouring edges. Tails are subtracted on the side where they
  /// are small.
  private double[] masses(Grid edges, double mean) {
    double[] masses = new double[edges.size() - 1];
    double z = (edges.value(0) - mean) / sigma;
    double tail = NormalTail.beyond(Math.abs(z));
    for (int i = 0; i < masses.length; i++) {
      double nextZ = (edges.value(i + 1) - mean) / sigma;
      double nextTail = NormalTail.beyond(Math.abs(nextZ));
      if (z >= 0) {
        masses[i] = tail - nextTail;
      } else {
        masses[i] = nextZ <= 0 ? nextTail - tail : 1 - tail - nextTail;
      }
      z = nextZ;
      tail = nextTail;
    }
    return masses;
  }
}
