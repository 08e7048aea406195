package topolip.onnx;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Dual;

/// Operators that apply one function to each entry.
final class ScalarOperators {
  private static final double SELU_ALPHA = 1.6732631921768188;
  private static final double SELU_GAMMA = 1.0507010221481323;
  private static final double TANH_GELU = 0.044715;

  private ScalarOperators() {}

  /// The function of an operator with one input; null if it is none. (Limits of `Clip` are inputs,
  /// and not read here.)
  static @Nullable UnaryOperator<Dual> of(GraphNode node) {
    return switch (node.operation()) {
      case "Identity", "Dropout" -> x -> x;
      case "Relu" -> x -> x.leaky(0);
      case "LeakyRelu" -> leaky(node.real("alpha", 0.01));
      case "ThresholdedRelu" -> null; // jumps
      case "Elu" -> elu(node.real("alpha", 1), 1);
      case "Celu" -> celu(node.real("alpha", 1));
      case "Selu" -> elu(node.real("alpha", SELU_ALPHA), node.real("gamma", SELU_GAMMA));
      case "Gelu" ->
          node.text("approximate", "none").equals("tanh") ? ScalarOperators::tanhGelu : Dual::gelu;
      case "com.microsoft.Gelu" -> Dual::gelu;
      case "com.microsoft.FastGelu" -> ScalarOperators::tanhGelu;
      case "com.microsoft.QuickGelu" -> gated(node.real("alpha", 1.702));
      case "Swish" -> gated(node.real("alpha", 1));
      case "Mish" -> x -> x.times(x.softplus().tanh());
      case "Sigmoid" -> Dual::sigmoid;
      case "HardSigmoid" -> hard(node.real("alpha", 0.2), node.real("beta", 0.5));
      case "HardSwish" -> x -> x.times(hard(1 / 6.0, 0.5).apply(x));
      case "Tanh" -> Dual::tanh;
      case "Softplus" -> Dual::softplus;
      case "Softsign" -> x -> x.over(x.abs().plus(1));
      case "Erf" -> Dual::erf;
      case "Exp" -> Dual::exp;
      case "Log" -> Dual::log;
      case "Sqrt" -> x -> x.power(0.5);
      case "Reciprocal" -> x -> Dual.constant(1).over(x);
      case "Neg" -> x -> x.times(-1);
      case "Abs" -> Dual::abs;
      default -> null;
    };
  }

  private static UnaryOperator<Dual> leaky(double slope) {
    return x -> x.leaky(slope);
  }

  private static UnaryOperator<Dual> elu(double alpha, double gamma) {
    return x -> x.value() > 0 ? x.times(gamma) : x.exp().plus(-1).times(gamma * alpha);
  }

  private static UnaryOperator<Dual> celu(double alpha) {
    return x -> x.value() > 0 ? x : x.times(1 / alpha).exp().plus(-1).times(alpha);
  }

  /// `x σ(α x)`.
  private static UnaryOperator<Dual> gated(double alpha) {
    return x -> x.times(x.times(alpha).sigmoid());
  }

  private static UnaryOperator<Dual> hard(double alpha, double beta) {
    return x -> x.times(alpha).plus(beta).clipped(0, 1);
  }

  private static Dual tanhGelu(Dual x) {
    Dual inner = x.plus(x.times(x).times(x).times(TANH_GELU)).times(Math.sqrt(2 / Math.PI));
    return x.times(0.5).times(inner.tanh().plus(1));
  }
}
