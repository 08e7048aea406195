package topolip.lipschitz;

import java.util.Arrays;

/// How far persistence diagrams of two clouds x_1 … x_n and x'_1 … x'_n can lie apart, from the
/// displacements δ_i = ‖x_i − x'_i‖: what links Lipschitz constants of layers with TopoLip, since
/// behind layers of constant L displacements are at most L δ_i.
///
/// All are upper bounds, for Euclidean distances (of Rips complexes, for any metric).
///
/// @param filtration of the clouds
public record PersistenceStability(Filtration filtration) {

  /// How clouds are filtered.
  public enum Filtration {
    /// Vietoris-Rips by diameter: two points meet at their distance, which moves by up to δ_i +
    /// δ_j.
    RIPS(2),
    /// Čech by radius: balls meet at values that move by up to max δ_i.
    CECH(1);

    /// By how many times the largest displacement of its vertices a simplex may move.
    private final int speed;

    Filtration(int speed) {
      this.speed = speed;
    }
  }

  /// (P1) Upper bound of the bottleneck distance, ground norm ℓ_∞, of every degree: 2 max δ_i for
  /// Rips, max δ_i for Čech (Cohen-Steiner, Edelsbrunner, Harer 2007, DOI
  /// 10.1007/s00454-006-1276-5).
  ///
  /// @param displacements δ, at least one, finite and not negative
  public Bound bottleneck(double[] displacements) {
    requireDisplacements(displacements);
    double largest = Arrays.stream(displacements).max().orElseThrow();
    return Bound.of(Bound.Kind.UPPER, filtration.speed * largest, "P1");
  }

  /// (P2, degree 0: P3) Upper bound of the Wasserstein distance of order p, ground norm ℓ_p: the
  /// p-th root of
  ///
  /// 2^p C(n, k+1) Σ δ_i^p for Rips in degree k ≥ 1, 2^{p−1} (n−1) Σ δ_i^p in degree 0, C(n, k+1) Σ
  /// δ_i^p and ½ (n−1) Σ δ_i^p for Čech.
  ///
  /// By cellular stability (Skraba, Turner 2020, arXiv 2006.16824): W_p^p is at most the sum over
  /// simplices of dimensions k and k+1 of what their values move by, to the p. The growth with n is
  /// real: moving the hub of a star with orthogonal leaves by δ moves degree 0 by up to (n−1) δ/√2.
  ///
  /// @param order p, at least 1 and finite
  /// @param degree k, not negative
  /// @param displacements δ, at least one, finite and not negative
  public Bound wasserstein(double order, int degree, double[] displacements) {
    if (!(order >= 1) || order == Double.POSITIVE_INFINITY || degree < 0) {
      throw new IllegalArgumentException(
          "order %s must be at least 1 and finite, degree %d not negative"
              .formatted(order, degree));
    }
    requireDisplacements(displacements);
    int n = displacements.length;
    double moved = order * Math.log(filtration.speed) + logPowerSum(displacements, order);
    double power =
        degree == 0 ? moved - Math.log(2) + Math.log(n - 1) : moved + logBinomial(n, degree + 1);
    return new Bound(Bound.Kind.UPPER, power / order, degree == 0 ? "P3" : "P2");
  }

  private static void requireDisplacements(double[] displacements) {
    if (displacements.length == 0) {
      throw new IllegalArgumentException("no displacements");
    }
    for (double displacement : displacements) {
      if (!(displacement >= 0) || displacement == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "displacements must be finite and not negative: " + displacement);
      }
    }
  }

  private static double logPowerSum(double[] displacements, double order) {
    double sum = Double.NEGATIVE_INFINITY;
    for (double displacement : displacements) {
      sum = Logarithms.sum(sum, order * Math.log(displacement));
    }
    return sum;
  }

  /// `-∞` where there is no such choice.
  private static double logBinomial(int n, int k) {
    double sum = 0;
    for (int i = 0; i < k; i++) {
      sum += Math.log(Math.max(0, n - i)) - Math.log(i + 1.0);
    }
    return sum;
  }
}
