package topolip.lipschitz;

import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/// One head of attention as a map of measures: F(μ) = (Γ_μ)_♯ μ with
///
/// Γ_μ(x) = ∫ e^{⟨Ax, y⟩} V y dμ(y) / ∫ e^{⟨Ax, y⟩} dμ(y).
///
/// For the measure of equal weights on N tokens it is ordinary self-attention without a mask
/// (Castin, Ablin, Peyré 2024, arXiv 2312.14820). What follows the head linearly, such as its part
/// of an output projection, belongs to V.
public final class AttentionHead {
  private final DMatrixRMaj scores;
  private final DMatrixRMaj values;

  private AttentionHead(DMatrixRMaj scores, DMatrixRMaj values) {
    this.scores = scores;
    this.values = values;
  }

  /// Copies A `(d, d)` and V `(width, d)`.
  ///
  /// @throws IllegalArgumentException if A is not square, or V has another number of columns
  public static AttentionHead of(DMatrixRMaj scores, DMatrixRMaj values) {
    if (scores.getNumRows() != scores.getNumCols() || values.getNumCols() != scores.getNumCols()) {
      throw new IllegalArgumentException(
          "scores of %d x %d and values of %d x %d"
              .formatted(
                  scores.getNumRows(),
                  scores.getNumCols(),
                  values.getNumRows(),
                  values.getNumCols()));
    }
    return new AttentionHead(scores.copy(), values.copy());
  }

  /// The head with A = KᵀQ/√k, for queries Qx and keys Ky of width k.
  ///
  /// @param query Q, `(k, d)`
  /// @param key K, `(k, d)`
  /// @param values V, `(width, d)`
  /// @throws IllegalArgumentException if the shapes do not fit
  public static AttentionHead of(DMatrixRMaj query, DMatrixRMaj key, DMatrixRMaj values) {
    if (query.getNumRows() != key.getNumRows() || query.getNumCols() != key.getNumCols()) {
      throw new IllegalArgumentException(
          "queries of %d x %d and keys of %d x %d"
              .formatted(
                  query.getNumRows(), query.getNumCols(), key.getNumRows(), key.getNumCols()));
    }
    DMatrixRMaj scores = new DMatrixRMaj(query.getNumCols(), query.getNumCols());
    CommonOps_DDRM.multTransA(1 / Math.sqrt(query.getNumRows()), key, query, scores);
    return of(scores, values);
  }

  /// d, the dimension of tokens.
  public int dimension() {
    return scores.getNumCols();
  }

  /// The dimension of its outputs.
  public int width() {
    return values.getNumRows();
  }

  /// A, not to be written to.
  DMatrixRMaj scores() {
    return scores;
  }

  /// V, not to be written to.
  DMatrixRMaj values() {
    return values;
  }

  /// x ↦ Γ_μ(x).
  ///
  /// @throws IllegalArgumentException if the measure has another dimension
  public UnaryOperator<double[]> at(DiscreteMeasure measure) {
    if (measure.dimension() != dimension()) {
      throw new IllegalArgumentException(
          "a measure of dimension %d for a head of %d".formatted(measure.dimension(), dimension()));
    }
    return x -> {
      double[] shares = shares(measure, x);
      double[] mean = new double[dimension()];
      for (int j = 0; j < shares.length; j++) {
        Vectors.add(shares[j], measure.shared(j), mean);
      }
      return Vectors.multiply(values, mean);
    };
  }

  /// x ↦ Γ_μ(x) for μ = N(m, Σ), exactly: V(m + ΣAx), since tilting a Gaussian by e^{⟨Ax, y⟩} moves
  /// its mean by ΣAx.
  ///
  /// @param mean m
  /// @param covariance Σ, symmetric and not negative
  /// @throws IllegalArgumentException if the shapes do not fit
  public UnaryOperator<double[]> atGaussian(double[] mean, DMatrixRMaj covariance) {
    int d = dimension();
    if (mean.length != d || covariance.getNumRows() != d || covariance.getNumCols() != d) {
      throw new IllegalArgumentException(
          "a mean of %d and a covariance of %d x %d for a head of %d"
              .formatted(mean.length, covariance.getNumRows(), covariance.getNumCols(), d));
    }
    double[] at = mean.clone();
    DMatrixRMaj tilt = covariance.copy();
    return x -> {
      double[] tilted = Vectors.multiply(tilt, Vectors.multiply(scores, x));
      Vectors.add(1, at, tilted);
      return Vectors.multiply(values, tilted);
    };
  }

  /// How much of the measure each point has once tilted by e^{⟨Ax, y⟩}: the attention of `x`.
  double[] shares(DiscreteMeasure measure, double[] x) {
    double[] tilt = Vectors.multiply(scores, x);
    double[] shares = new double[measure.size()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < shares.length; j++) {
      shares[j] = Vectors.dot(tilt, measure.shared(j));
      largest = Math.max(largest, shares[j]);
    }
    double sum = 0;
    for (int j = 0; j < shares.length; j++) {
      shares[j] = measure.weight(j) * Math.exp(shares[j] - largest);
      sum += shares[j];
    }
    for (int j = 0; j < shares.length; j++) {
      shares[j] /= sum;
    }
    return shares;
  }
}
