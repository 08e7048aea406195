package topolip.lipschitz;

import java.util.List;

/// A bound for random weights, from the parameters of their distribution alone (reconstructed: the
/// hypotheses are the paper's, arXiv 2410.17628, the right-hand sides are proved in
/// `docs/theory.md`).
public sealed interface Theorem permits AttentionTheorem, ConvolutionTheorem {

  /// A condition of the theorem, as numbers.
  ///
  /// @param statement such as `t > √d`
  /// @param left its left-hand side
  /// @param right its right-hand side
  /// @param holds whether it does
  record Hypothesis(String statement, double left, double right, boolean holds) {}

  /// What the bound depends on.
  ///
  /// @param name as on the command line
  /// @param whole whether only whole numbers make sense
  record Parameter(String name, double value, boolean whole) {}

  /// How probable it is that a bound holds. All are at least 0; 0 says nothing.
  ///
  /// @param printed the smallest of the single probabilities, as the theorem prints it, which is
  ///   **not** a bound of the joint one
  /// @param union a lower bound of the joint probability, however the events depend on each other
  /// @param independent a lower bound of it if weights and tokens are independent
  record Probability(double printed, double union, double independent) {}

  /// The constants, the sharpest last.
  List<Bound> bounds();

  /// Its conditions, in the theorem's order. Bounds hold without them; probabilities, or what the
  /// theorem says of the size of the bound, are empty where one fails.
  List<Hypothesis> hypotheses();

  Probability probability();

  List<Parameter> parameters();

  /// The same with another value of a parameter.
  ///
  /// @throws IllegalArgumentException if there is no such parameter, or it cannot have this value
  Theorem with(String parameter, double value);

  /// 2e^{−s²/(2σ²)}, an upper bound of the probability that a Gaussian matrix's norm exceeds its
  /// bound by s (Davidson and Szarek 2001, DOI 10.1016/S1874-5849(01)80010-3, Theorem II.13).
  static double tail(double s, double sigma) {
    return 2 * Math.exp(-s * s / (2 * sigma * sigma));
  }

  /// s ≥ σ√(2 log 2): otherwise the probability is not positive.
  static Hypothesis deviation(double s, double sigma) {
    double least = sigma * Math.sqrt(2 * Math.log(2));
    return new Hypothesis("s >= sigma sqrt(2 log 2)", s, least, s >= least);
  }
}
