package topolip.lipschitz;

import java.util.concurrent.CancellationException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

/// The largest singular value ‖W‖₂ of a dense matrix: the Lipschitz constant of x ↦ Wx in Euclidean
/// norms.
public final class SpectralNorm {
  /// Gram iteration ends when both of its bounds agree to this.
  private static final double GAP = 1e-6;

  private static final int MOST_ITERATIONS = 40;

  private SpectralNorm() {}

  /// The norm, exact but for rounding (a relative error of some n·2⁻⁵³): the root of the largest
  /// eigenvalue of WWᵀ or WᵀW, whichever is smaller. O(min(m, n)² · max(m, n)) time.
  public static Bound exact(DMatrixRMaj matrix) {
    return Bound.of(Bound.Kind.EXACT, value(matrix), "spectral norm");
  }

  /// The norm as a plain number, see [#exact].
  ///
  /// @throws IllegalArgumentException if an entry is NaN or infinite
  public static double value(DMatrixRMaj matrix) {
    double scale = scale(matrix);
    return scale == 0 ? 0 : scale * Math.sqrt(largestEigenvalue(gram(matrix, scale)));
  }

  /// An upper bound of the norm by Gram iteration, above it by a relative 10⁻⁶ at most.
  ///
  /// With G₁ = WᵀW and G_{k+1} = G_k², every ‖G_k‖_F^{1/2^k} is at least ‖W‖₂, and at most
  /// r^{1/2^{k+1}} times it for rank r, since ‖G‖₂ ≤ ‖G‖_F ≤ √r ‖G‖₂ (Delattre, Barthélemy, Araujo,
  /// Allauzen 2023, arXiv 2305.16173). The longest column of G_k bounds ‖G_k‖₂ from below, which
  /// tells when to stop. A margin covers rounding: squaring errs by at most m·n·2⁻⁵³ relative to
  /// the spectral norm (Higham 2002, DOI 10.1137/1.9780898718027, section 3.5, and ‖G‖_F² ≤
  /// n‖G‖₂²), and an error of step k enters with weight 2^{-k}.
  ///
  /// Some 20 products of matrices of min(m, n) rows.
  ///
  /// @throws IllegalArgumentException if an entry is NaN or infinite
  public static Bound upper(DMatrixRMaj matrix) {
    double scale = scale(matrix);
    if (scale == 0) {
      return Bound.of(Bound.Kind.UPPER, 0, "Gram iteration");
    }
    DMatrixRMaj power = gram(matrix, scale);
    DMatrixRMaj square = power.createLike();
    double logarithm = 0; // of what the powers were divided by, as a root
    double weight = 0.5; // 2^{-k}
    double upper = 0;
    for (int k = 1; k <= MOST_ITERATIONS; k++) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      double norm = NormOps_DDRM.normF(power);
      upper = logarithm + weight * Math.log(norm);
      double lower = logarithm + weight * Math.log(longestColumn(power));
      if (upper - lower < GAP) {
        break;
      }
      CommonOps_DDRM.divide(power, norm);
      logarithm = upper;
      CommonOps_DDRM.multInner(power, square);
      DMatrixRMaj next = square;
      square = power;
      power = next;
      weight /= 2;
    }
    double margin = 2.0 * matrix.getNumRows() * matrix.getNumCols() * Math.ulp(1.0);
    return new Bound(Bound.Kind.UPPER, Math.log(scale) + upper + margin, "Gram iteration");
  }

  /// The smaller Gram matrix of a matrix divided by its largest entry.
  private static DMatrixRMaj gram(DMatrixRMaj matrix, double scale) {
    DMatrixRMaj scaled = matrix.copy();
    CommonOps_DDRM.divide(scaled, scale);
    int size = Math.min(matrix.getNumRows(), matrix.getNumCols());
    DMatrixRMaj gram = new DMatrixRMaj(size, size);
    if (matrix.getNumRows() <= matrix.getNumCols()) {
      CommonOps_DDRM.multOuter(scaled, gram);
    } else {
      CommonOps_DDRM.multInner(scaled, gram);
    }
    return gram;
  }

  private static double scale(DMatrixRMaj matrix) {
    double largest = 0;
    for (int i = 0; i < matrix.getNumElements(); i++) {
      double entry = matrix.get(i);
      if (!Double.isFinite(entry)) {
        throw new IllegalArgumentException("entry %d of the matrix is %s".formatted(i, entry));
      }
      largest = Math.max(largest, Math.abs(entry));
    }
    return largest;
  }

  private static double longestColumn(DMatrixRMaj symmetric) {
    double longest = 0;
    for (int i = 0; i < symmetric.getNumRows(); i++) {
      double sum = 0;
      for (int j = 0; j < symmetric.getNumCols(); j++) {
        double entry = symmetric.unsafe_get(i, j);
        sum += entry * entry;
      }
      longest = Math.max(longest, sum);
    }
    return Math.sqrt(longest);
  }

  /// By one thread, so that the number does not depend on the machine.
  private static double largestEigenvalue(DMatrixRMaj symmetric) {
    var decomposition =
        new SymmetricQRAlgorithmDecomposition_DDRM(
            new TridiagonalDecompositionHouseholder_DDRM(), false);
    if (!decomposition.decompose(symmetric)) {
      throw new IllegalStateException(
          "no eigenvalues found of a matrix of %d rows".formatted(symmetric.getNumRows()));
    }
    double largest = 0;
    for (int i = 0; i < decomposition.getNumberOfEigenvalues(); i++) {
      largest = Math.max(largest, decomposition.getEigenvalue(i).getReal());
    }
    return largest;
  }
}
