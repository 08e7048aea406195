package topolip.lipschitz;

import java.util.List;

/// Theorem 1 (A3, with several heads A4): attention with Gaussian values on Gaussian tokens.
///
/// Tokens are N(0, σ²I_d), and lie in the ball of radius tσ with probability at least 1 − d/t² each
/// (Markov's inequality for ‖x‖²); each head has V of d x d entries iid N(0, σ²), so that ‖V‖₂ ≤
/// 2σ√d + s with probability at least 1 − 2e^{−s²/(2σ²)}. Both are inserted into A1.
///
/// @param dimension d, of tokens, at least 1
/// @param heads M, at least 1
/// @param sigma σ, positive
/// @param t radius of the ball in units of σ, positive
/// @param s by how much ‖V‖₂ may exceed 2σ√d, not negative
/// @param scores ‖A‖₂, the largest over the heads, not negative
/// @param output ‖O_h‖₂, the largest over the heads, not negative; 1 for a single head
/// @param tokens N, how many tokens must lie in the ball; at least 1, as the theorem has it
public record AttentionTheorem(
    int dimension,
    int heads,
    double sigma,
    double t,
    double s,
    double scores,
    double output,
    int tokens)
    implements Theorem {

  public AttentionTheorem {
    if (dimension < 1 || heads < 1 || tokens < 1) {
      throw new IllegalArgumentException(
          "dimension %d, heads %d, tokens %d: each must be at least 1"
              .formatted(dimension, heads, tokens));
    }
    require("sigma", sigma, sigma > 0);
    require("t", t, t > 0);
    require("s", s, s >= 0);
    require("a", scores, scores >= 0);
    require("o", output, output >= 0);
  }

  private static void require(String name, double value, boolean fits) {
    if (!fits || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(name + " cannot be " + value);
    }
  }

  /// tσ.
  public double radius() {
    return t * sigma;
  }

  /// 2σ√d + s.
  public Bound values() {
    return Bound.of(Bound.Kind.UPPER, 2 * sigma * Math.sqrt(dimension) + s, "A3");
  }

  /// M ‖O‖₂ times A1 and times its sharper form.
  @Override
  public List<Bound> bounds() {
    var norms =
        new AttentionBounds.Norms(values(), Bound.of(Bound.Kind.UPPER, scores, "hypothesis"));
    Bound outer = Bound.of(Bound.Kind.UPPER, heads * output, "A4");
    String label = heads == 1 ? "A3" : "A3, A4";
    return List.of(
        outer.times(AttentionBounds.meanField(norms, radius()), label),
        outer.times(AttentionBounds.meanFieldSharp(norms, radius()), label + " sharper"));
  }

  @Override
  public List<Hypothesis> hypotheses() {
    double root = Math.sqrt(dimension);
    double least = 2 / (sigma * sigma);
    return List.of(
        new Hypothesis("t > sqrt d", t, root, t > root),
        Theorem.deviation(s, sigma),
        new Hypothesis("||A|| >= 2 / sigma^2", scores, least, scores >= least));
  }

  @Override
  public Probability probability() {
    double outside = dimension / (t * t);
    double tail = Theorem.tail(s, sigma);
    double inside = Math.max(0, 1 - outside);
    double below = Math.max(0, 1 - tail);
    return new Probability(
        Math.min(inside, below),
        Math.max(0, 1 - tokens * outside - heads * tail),
        Math.pow(inside, tokens) * Math.pow(below, heads));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter("d", dimension, true),
        new Parameter("heads", heads, true),
        new Parameter("sigma", sigma, false),
        new Parameter("t", t, false),
        new Parameter("s", s, false),
        new Parameter("a", scores, false),
        new Parameter("o", output, false),
        new Parameter("tokens", tokens, true));
  }

  @Override
  public AttentionTheorem with(String parameter, double value) {
    return switch (parameter) {
      case "d" -> new AttentionTheorem((int) value, heads, sigma, t, s, scores, output, tokens);
      case "heads" ->
          new AttentionTheorem(dimension, (int) value, sigma, t, s, scores, output, tokens);
      case "sigma" -> new AttentionTheorem(dimension, heads, value, t, s, scores, output, tokens);
      case "t" -> new AttentionTheorem(dimension, heads, sigma, value, s, scores, output, tokens);
      case "s" -> new AttentionTheorem(dimension, heads, sigma, t, value, scores, output, tokens);
      case "a" -> new AttentionTheorem(dimension, heads, sigma, t, s, value, output, tokens);
      case "o" -> new AttentionTheorem(dimension, heads, sigma, t, s, scores, value, tokens);
      case "tokens" ->
          new AttentionTheorem(dimension, heads, sigma, t, s, scores, output, (int) value);
      default -> throw new IllegalArgumentException("theorem 1 has no parameter " + parameter);
    };
  }
}
