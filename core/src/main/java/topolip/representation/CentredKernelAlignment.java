package topolip.representation;

import java.util.Arrays;
import topolip.geometry.DistanceMatrix;

/// Linear centred kernel alignment (CKA) of two representations of the same samples, debiased.
///
/// The alignment is HSIC₁(K, L) / √(HSIC₁(K, K) HSIC₁(L, L)) with the unbiased estimator HSIC₁ of
/// Song et al., JMLR 13 (2012), equation 5, and K, L the matrices of inner products; Kornblith et
/// al., arXiv 1905.00414. Invariant under isometries and scaling of either side. At most 1; about 0
/// for independent representations, also where samples are fewer than features, and then below 0
/// about as often as above.
///
/// Inner products are taken from distances: HSIC₁ centres each matrix without its diagonal (Székely
/// and Rizzo, DOI 10.1214/14-AOS1255, section 3), which removes |x|² from −½|x − y|² = ⟨x, y⟩ −
/// ½|x|² − ½|y|².
public final class CentredKernelAlignment {
  private static final int FEWEST = 4;

  private CentredKernelAlignment() {}

  /// The alignment, or NaN where a representation has no variation or its estimate is not positive.
  ///
  /// O(n²) time.
  ///
  /// @throws IllegalArgumentException if the numbers of samples differ, or are below 4
  public static double debiased(DistanceMatrix a, DistanceMatrix b) {
    if (a.size() != b.size() || a.size() < FEWEST) {
      throw new IllegalArgumentException(
          "an alignment needs two representations of the same samples, at least %d: %d and %d"
              .formatted(FEWEST, a.size(), b.size()));
    }
    Kernel k = Kernel.of(a);
    Kernel l = Kernel.of(b);
    double norms = k.product(k) * l.product(l);
    return norms > 0 ? k.product(l) / Math.sqrt(norms) : Double.NaN;
  }

  /// A matrix of inner products, centred without its diagonal: rows sum to 0.
  private static final class Kernel {
    private final DistanceMatrix distances;
    private final double unit;
    private final double[] rowSums;
    private final double sum;

    /// Distances in a unit of their own, so that no square overflows or vanishes.
    private Kernel(DistanceMatrix distances, double unit) {
      this.distances = distances;
      this.unit = unit;
      int n = distances.size();
      this.rowSums = new double[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          rowSums[i] += entry(i, j);
          rowSums[j] += entry(i, j);
        }
      }
      this.sum = Arrays.stream(rowSums).sum();
    }

    static Kernel of(DistanceMatrix distances) {
      double median = distances.median();
      return new Kernel(distances, median > 0 ? median : 1);
    }

    private double entry(int i, int j) {
      double d = distances.distance(i, j) / unit;
      return -d * d / 2;
    }

    private double centred(int i, int j) {
      int n = rowSums.length;
      return entry(i, j) - (rowSums[i] + rowSums[j]) / (n - 2) + sum / ((double) (n - 1) * (n - 2));
    }

    double product(Kernel other) {
      double product = 0;
      for (int i = 0; i < rowSums.length; i++) {
        for (int j = 0; j < i; j++) {
          product += centred(i, j) * other.centred(i, j);
        }
      }
      return product;
    }
  }
}
