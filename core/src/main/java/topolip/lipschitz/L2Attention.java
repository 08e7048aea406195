package topolip.lipschitz;

/// (A6) The upper bound of L2 attention with tied queries and keys (Kim, Papamakarios, Mnih 2021,
/// arXiv 2006.04710, Theorem 3.2), in the Frobenius norm, for comparison: its scores are squared
/// distances instead of inner products, which makes it Lipschitz on all of space, without a radius.
///
/// √(N/(D/H)) (4φ⁻¹(N−1) + 1) √(Σ_h ‖W^{Q,h}‖₂² ‖W^{V,h}‖₂²) ‖W^O‖₂ with φ(x) = x e^{x+1}.
///
/// The paper prints φ⁻¹(N−1) = W₀(N/e), with Lambert's W; it is W₀((N−1)/e), which is smaller. The
/// printed one is taken: it bounds both.
///
/// @param tokens N, at least 1
/// @param dimension D of tokens, a multiple of the heads
/// @param heads H, at least 1
public record L2Attention(int tokens, int dimension, int heads) {

  public L2Attention {
    if (tokens < 1 || heads < 1 || dimension < 1 || dimension % heads != 0) {
      throw new IllegalArgumentException(
          "%d tokens of dimension %d, %d heads".formatted(tokens, dimension, heads));
    }
  }

  /// The bound.
  ///
  /// @param queries ‖W^{Q,h}‖₂ of each head
  /// @param values ‖W^{V,h}‖₂ of each head
  /// @param output ‖W^O‖₂
  /// @throws IllegalArgumentException if there is not one norm a head
  public Bound bound(double[] queries, double[] values, double output) {
    if (queries.length != heads || values.length != heads) {
      throw new IllegalArgumentException(
          "%d and %d norms for %d heads".formatted(queries.length, values.length, heads));
    }
    double sum = 0;
    for (int h = 0; h < heads; h++) {
      sum += queries[h] * queries[h] * values[h] * values[h];
    }
    double width = (double) dimension / heads;
    double factor = Math.sqrt(tokens / width) * (4 * lambert(tokens / Math.E) + 1);
    return Bound.of(Bound.Kind.UPPER, factor * Math.sqrt(sum) * output, "A6");
  }

  /// W₀(x) for x ≥ 0: w with w e^w = x. Newton's method from above, where it falls monotonously.
  static double lambert(double x) {
    double w = Math.log1p(x);
    double before;
    do {
      before = w;
      w -= (w - x * Math.exp(-w)) / (1 + w);
    } while (w < before);
    return w;
  }
}
