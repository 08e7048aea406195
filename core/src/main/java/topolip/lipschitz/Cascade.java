package topolip.lipschitz;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.jspecify.annotations.Nullable;

/// An upper bound of the constant of fully connected layers with activations between them whose
/// slopes lie in [0, 1]: ECLipsE-Fast (Xu, Sivaranjani 2024, arXiv 2404.04375), never above the
/// product of the spectral norms. The proof is in `docs/theory.md`.
///
/// With B₁ = W₁ and, layer by layer, `B_i = W_i C⁻ᵀ` for `C Cᵀ = 2 I − B_{i−1} B_{i−1}ᵀ /
/// ‖B_{i−1}‖²`, the constant is at most `‖B₁‖ ‖B₂‖ … ‖B_l‖` (spectral norms). A layer of m outputs
/// and n inputs takes O(n³ + m n² + min(m, n)² max(m, n)) time.
final class Cascade {
  /// Behind wider layers a cascade begins anew: their decompositions would take a minute.
  private static final int WIDEST = 1024;

  private final String source;
  private final DMatrixRMaj shape;
  private final double logarithm;

  private Cascade(String source, DMatrixRMaj shape, double logarithm) {
    this.source = source;
    this.shape = shape;
    this.logarithm = logarithm;
  }

  /// Of one layer; null if all weights are 0.
  ///
  /// @param source the tensor that it reads
  /// @param weights W, `(out, in)`
  static @Nullable Cascade of(String source, DMatrixRMaj weights) {
    return behind(source, weights, 0);
  }

  /// With an activation of slopes in [0, 1], and one more layer; null if all its weights are 0, or
  /// this is too wide.
  @Nullable Cascade then(DMatrixRMaj weights) {
    int width = shape.getNumRows();
    if (width > WIDEST) {
      return null;
    }
    DMatrixRMaj inverse = inverseFactor(width);
    DMatrixRMaj factor = new DMatrixRMaj(weights.getNumRows(), width);
    CommonOps_DDRM.multTransB(weights, inverse, factor);
    // The factor's condition is at most √2, so that rounding moves norms by some n² · 2⁻⁵³.
    double margin = 8.0 * width * width * Math.ulp(1.0);
    return behind(source, factor, logarithm + margin);
  }

  /// C⁻¹ for `C Cᵀ = 2 I − B Bᵀ / ‖B‖²`, whose eigenvalues lie between 1 and 2.
  private DMatrixRMaj inverseFactor(int width) {
    DMatrixRMaj matrix = new DMatrixRMaj(width, width);
    CommonOps_DDRM.multOuter(shape, matrix);
    CommonOps_DDRM.changeSign(matrix);
    for (int i = 0; i < width; i++) {
      matrix.unsafe_set(i, i, matrix.unsafe_get(i, i) + 2);
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(width, true);
    if (!cholesky.decompose(matrix)) {
      throw new IllegalStateException("no Cholesky factor of %d rows".formatted(width));
    }
    DMatrixRMaj factor = cholesky.getT(null);
    TriangularSolver_DDRM.invertLower(factor.getData(), width);
    return factor;
  }

  private static @Nullable Cascade behind(String source, DMatrixRMaj factor, double before) {
    Bound norm = SpectralNorm.upper(factor);
    if (norm.logarithm() == Double.NEGATIVE_INFINITY) {
      return null;
    }
    DMatrixRMaj shape = factor.copy();
    CommonOps_DDRM.scale(Math.exp(-norm.logarithm()), shape);
    return new Cascade(source, shape, before + norm.logarithm());
  }

  /// The tensor that the first layer reads.
  String source() {
    return source;
  }

  /// The logarithm of the bound.
  double logarithm() {
    return logarithm;
  }
}
