package topolip.lipschitz;

import java.util.function.Supplier;
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
  private final String source;
  private final int width;
  private final Supplier<DMatrixRMaj> factor;
  private final double norm;
  private final double logarithm;

  /// @param factor B
  /// @param norm the logarithm of ‖B‖
  private Cascade(
      String source, int width, Supplier<DMatrixRMaj> factor, double norm, double logarithm) {
    this.source = source;
    this.width = width;
    this.factor = factor;
    this.norm = norm;
    this.logarithm = logarithm;
  }

  /// Of one layer; nothing is computed before another follows.
  ///
  /// @param source the tensor that it reads
  /// @param width of its output
  /// @param weights W, `(width, in)`
  /// @param norm the logarithm of its spectral norm, not below it
  static Cascade of(String source, int width, Supplier<DMatrixRMaj> weights, double norm) {
    return new Cascade(source, width, weights, norm, norm);
  }

  /// With an activation of slopes in [0, 1], and one more layer; null if all weights are 0, or this
  /// is too wide.
  ///
  /// @param next the width of the layer's output
  @Nullable Cascade then(int next, Supplier<DMatrixRMaj> weights) {
    if (width > Layer.Form.WIDEST || norm == Double.NEGATIVE_INFINITY) {
      return null;
    }
    DMatrixRMaj behind = new DMatrixRMaj(next, width);
    CommonOps_DDRM.multTransB(weights.get(), inverseFactor(), behind);
    double longer = SpectralNorm.upper(behind).logarithm();
    // C has a condition of at most √2, so that rounding moves norms by some n² · 2⁻⁵³.
    double margin = 8.0 * width * width * Math.ulp(1.0);
    return longer == Double.NEGATIVE_INFINITY
        ? null
        : new Cascade(source, next, () -> behind, longer, logarithm + longer + margin);
  }

  /// C⁻¹ for `C Cᵀ = 2 I − B Bᵀ / ‖B‖²`, whose eigenvalues lie between 1 and 2.
  private DMatrixRMaj inverseFactor() {
    DMatrixRMaj shape = factor.get().copy();
    CommonOps_DDRM.scale(Math.exp(-norm), shape);
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
    DMatrixRMaj inverse = cholesky.getT(null);
    TriangularSolver_DDRM.invertLower(inverse.getData(), width);
    return inverse;
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
