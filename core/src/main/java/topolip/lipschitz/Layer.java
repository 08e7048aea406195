package topolip.lipschitz;

import java.util.List;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;

/// What a node of a network does to the constants of its inputs.
///
/// Norms are Euclidean norms of whole activations of one sample, flattened.
public sealed interface Layer {

  /// A function of one input with a Lipschitz constant that does not depend on where.
  record Map(Bound constant, Growth growth, Form form) implements Layer {

    /// One of which nothing else is known.
    public Map(Bound constant, Growth growth) {
      this(constant, growth, new Form.Other());
    }

    /// The same of another form.
    public Map of(Form other) {
      return new Map(constant, growth, other);
    }
  }

  /// What a cascade of layers may use of one ([Cascade]).
  sealed interface Form {
    /// The widest layer behind which a cascade goes on: the decomposition of a wider one would take
    /// a minute.
    int WIDEST = 1024;

    /// Nothing.
    record Other() implements Form {}

    /// Something constant is added.
    record Translation() implements Form {}

    /// A function of each entry whose slopes lie in [0, 1].
    record Gentle() implements Form {}

    /// `x ↦ W x + b` of each row; W, `(out, in)`, is made when it is asked for.
    record Rows(Supplier<DMatrixRMaj> weights) implements Form {}
  }

  /// A sum of inputs, each repeated where the sum broadcasts it.
  ///
  /// @param gains for each input the root of how often it is repeated
  record Sum(List<Double> gains) implements Layer {
    public Sum {
      gains = List.copyOf(gains);
    }
  }

  /// Inputs beside each other, or the largest or least of them: `√(Σ L²)`.
  ///
  /// @param gains as of [Sum]
  /// @param rows whether each row of the output is a row of an input
  /// @param constantEntry the size of the largest value that stands beside the inputs; 0 if none
  record Stack(List<Double> gains, boolean rows, double constantEntry) implements Layer {
    public Stack {
      gains = List.copyOf(gains);
    }
  }

  /// `softmax(τ q kᵀ + m) v` for constant m, of the queries q `(…, queries, depth)`, the keys k and
  /// the values v `(…, keys, width)`. Heads are axes in front, or stand beside each other in rows.
  ///
  /// With rows of q, columns of kᵀ and rows of v no longer than `R_q`, `R_k` and `R_v`, and N
  /// queries, its constant is at most
  ///
  /// `√N L_v + |τ| R_v R_k L_q + |τ| √N R_q R_v L_k`
  ///
  /// for constants `L_q`, `L_k`, `L_v` of the inputs. Proof: let `p_i` be the shares of query i,
  /// `f_i = Σ_j p_ij v_j`. Then
  ///
  /// `df_i = Σ_j p_ij dv_j + τ Cov_i(v, k) dq_i + τ Σ_j p_ij (v_j − f_i) ⟨q_i, dk_j⟩`.
  ///
  /// Rows of P sum to 1 and columns to at most N, so that `‖P‖₂ ≤ √N`: the first term. A covariance
  /// of vectors within `R_v` and `R_k` has norm at most `R_v R_k`: the second, query by query. By
  /// Cauchy and Schwarz the third has size at most `|τ| R_q (Σ_j p_ij ‖v_j − f_i‖²)^½ (Σ_j p_ij
  /// ‖dk_j‖²)^½`, whose first factor is at most `R_v`, and `Σ_i Σ_j p_ij ‖dk_j‖² ≤ N ‖dk‖²`. Heads
  /// are blocks of one block-diagonal derivative, so that nothing is added for them. Adding m to
  /// the scores changes P, of which nothing was used.
  ///
  /// @param depth of one head
  /// @param transposed whether the keys are given as kᵀ, `(…, depth, keys)`
  /// @param heads in a row: 1 if they are axes in front; radii of rows are then more than is needed
  record Attention(double scale, int queries, int depth, boolean transposed, int heads)
      implements Layer {}

  /// `γ (x − mean x) / √(var x + ε)` of each row x, or the same without the mean.
  ///
  /// Its derivative is `γ (I − 1 1ᵀ/d − z zᵀ/d) / √(var x + ε)` with z the normalised row, up to ε
  /// a projection: the constant is at most `max |γ| / √(s² + ε)` where no row has a deviation below
  /// s, and that is reached at s = 0, where nothing is known of the input.
  ///
  /// @param gain `max |γ|`
  /// @param centred whether the mean is subtracted
  record RowNormalisation(double gain, double epsilon, boolean centred, Growth growth)
      implements Layer {

    public RowNormalisation {
      if (!(gain >= 0 && epsilon >= 0)) {
        throw new IllegalArgumentException("gain %s, epsilon %s".formatted(gain, epsilon));
      }
    }

    /// The bound for rows of at least this deviation.
    Bound constant(double deviation) {
      return Bound.of(
          Bound.Kind.UPPER, gain / Math.sqrt(deviation * deviation + epsilon), "max |γ|/√(s²+ε)");
    }
  }

  /// No finite constant is known.
  ///
  /// @param reason such as `the product of two activations is not Lipschitz`
  record Unbounded(String reason) implements Layer {}
}
