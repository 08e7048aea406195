package topolip.lipschitz;

import java.util.function.Function;

/// Lipschitz bounds of attention on tokens in the ball of a radius R around the origin.
///
/// With a = ‖A‖₂ all of them contain aR² or e^{2aR²}, and are vacuous where that is large, as it is
/// in trained networks; [#local] is not. They are sums over heads (A4): Σ_h Lip(F^h), each head's V
/// being multiplied by its part of the output projection, so that ‖V_h‖₂ ≤ ‖O_h‖₂ ‖V_h‖₂.
public final class AttentionBounds {
  private AttentionBounds() {}

  /// (A1) Upper bound of W_1(Fμ, Fν)/W_1(μ, ν) over measures on the ball: ‖V‖₂ (1 + 3aR²) e^{2aR²}.
  ///
  /// @param radius R, not negative
  public static Bound meanField(Attention attention, double radius) {
    return sum(attention, head -> meanField(norms(head), radius));
  }

  /// (A1, sharper) Upper bound of the same: ‖V‖₂ [aR² + (1 + 2aR²) e^{2aR²}].
  ///
  /// @param radius R, not negative
  public static Bound meanFieldSharp(Attention attention, double radius) {
    return sum(attention, head -> meanFieldSharp(norms(head), radius));
  }

  /// (A2) Upper bound of ‖F(X) − F(Y)‖_F/‖X − Y‖_F over N tokens each in the ball: √3 ‖V‖₂ (a²R⁴(4N
  /// + 1) + N)^{1/2} (Castin, Ablin, Peyré 2024, arXiv 2312.14820, Theorem 3.3).
  ///
  /// @param radius R, not negative
  /// @param tokens N, at least 1
  public static Bound tokens(Attention attention, double radius, int tokens) {
    if (tokens < 1) {
      throw new IllegalArgumentException("tokens must be at least 1: " + tokens);
    }
    return sum(attention, head -> tokens(norms(head), radius, tokens));
  }

  /// (A5) Lower bound of ‖DF(X)‖₂ at N tokens, of equal weights, by power iteration on J and Jᵀ:
  /// the constant there rises to it, and F has no smaller Lipschitz constant in the Frobenius norm
  /// near X.
  ///
  /// @param tokens X
  /// @param iterations each of which costs O(heads · (N² d + N d²)); at least 1
  /// @param seed of the first direction
  public static Bound local(
      Attention attention, DiscreteMeasure tokens, int iterations, long seed) {
    AttentionDerivative derivative = new AttentionDerivative(attention, tokens);
    return PowerIteration.lower(
        "A5",
        tokens.size() * attention.dimension(),
        iterations,
        seed,
        flat -> flat(derivative.apply(rows(flat, tokens.size()))),
        flat -> flat(derivative.transpose(rows(flat, tokens.size()))));
  }

  /// ‖V‖₂ and ‖A‖₂ of a head.
  record Norms(Bound values, Bound scores) {
    /// ln aR².
    double logSquare(double radius) {
      if (!(radius >= 0) || radius == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("radius must be finite and not negative: " + radius);
      }
      return scores.logarithm() + 2 * Math.log(radius);
    }
  }

  private static Norms norms(AttentionHead head) {
    return new Norms(SpectralNorm.exact(head.values()), SpectralNorm.exact(head.scores()));
  }

  static Bound meanField(Norms norms, double radius) {
    double square = norms.logSquare(radius);
    double factor = Logarithms.sum(0, Math.log(3) + square) + 2 * Math.exp(square);
    return norms.values().times(new Bound(Bound.Kind.UPPER, factor, "A1"), "A1");
  }

  static Bound meanFieldSharp(Norms norms, double radius) {
    double square = norms.logSquare(radius);
    double second = Logarithms.sum(0, Math.log(2) + square) + 2 * Math.exp(square);
    double factor = Logarithms.sum(square, second);
    return norms.values().times(new Bound(Bound.Kind.UPPER, factor, "A1 sharper"), "A1 sharper");
  }

  static Bound tokens(Norms norms, double radius, int tokens) {
    double square = norms.logSquare(radius);
    double inside = Logarithms.sum(2 * square + Math.log(4.0 * tokens + 1), Math.log(tokens));
    double factor = (Math.log(3) + inside) / 2;
    return norms.values().times(new Bound(Bound.Kind.UPPER, factor, "A2"), "A2");
  }

  private static Bound sum(Attention attention, Function<AttentionHead, Bound> ofHead) {
    return attention.heads().stream()
        .map(ofHead)
        .reduce((a, b) -> a.plus(b, a.source()))
        .orElseThrow();
  }

  private static double[] flat(double[][] rows) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[i].length, rows[i].length);
    }
    return flat;
  }

  private static double[][] rows(double[] flat, int count) {
    int width = flat.length / count;
    double[][] rows = new double[count][width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(flat, i * width, rows[i], 0, width);
    }
    return rows;
  }
}
