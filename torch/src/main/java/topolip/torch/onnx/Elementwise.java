package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.single;
import static topolip.torch.onnx.Operator.unary;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Functions of each element, but those that networks call activations.
final class Elementwise {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Abs", unary(Tensor::abs)),
          entry("Acos", unary(Tensor::acos)),
          entry("Acosh", unary(Tensor::acosh)),
          entry("Asin", unary(Tensor::asin)),
          entry("Asinh", unary(Tensor::asinh)),
          entry("Atan", unary(Tensor::atan)),
          entry("Atanh", unary(Tensor::atanh)),
          entry("Ceil", unary(Tensor::ceil)),
          entry("Cos", unary(Tensor::cos)),
          entry("Cosh", unary(Tensor::cosh)),
          entry("Erf", unary(Tensor::erf, Tensor::erf_)),
          entry("Exp", unary(Tensor::exp)),
          entry("Floor", unary(Tensor::floor)),
          entry("Identity", unary(x -> x)),
          entry("IsNaN", unary(torch::isnan)),
          entry("IsInf", single(Elementwise::isInfinite)),
          entry("Log", unary(Tensor::log)),
          entry("Neg", unary(Tensor::neg)),
          entry("Reciprocal", unary(Tensor::reciprocal)),
          entry("Round", unary(torch::round)),
          entry("Sign", unary(Tensor::sign)),
          entry("Sin", unary(Tensor::sin)),
          entry("Sinh", unary(Tensor::sinh)),
          entry("Sqrt", unary(Tensor::sqrt)),
          entry("Tan", unary(Tensor::tan)),
          entry("Cast", single(Elementwise::cast)),
          entry("CastLike", single(call -> call.input(0).to(TensorValues.type(call.input(1))))),
          entry("Clip", single(Elementwise::clip)),
          entry("Dropout", Elementwise::dropout));

  private Elementwise() {}

  private static Tensor isInfinite(Call call) {
    Tensor x = call.input(0);
    Tensor infinite = torch.isinf(x);
    Scalar zero = new Scalar(0.0);
    if (!call.node().flag("detect_negative", true)) {
      infinite = infinite.logical_and(x.gt(zero));
    }
    if (!call.node().flag("detect_positive", true)) {
      infinite = infinite.logical_and(x.lt(zero));
    }
    return infinite;
  }

  private static Tensor cast(Call call) {
    return call.input(0).to(call.type(call.node().integer("to", 1)));
  }

  /// Bounds are inputs since operator set 11.
  private static Tensor clip(Call call) {
    Tensor x = call.input(0);
    if (call.opset() < 11) {
      return x.clamp(bound(call, "min"), bound(call, "max"));
    }
    return call.has(1) || call.has(2)
        ? x.clamp(scalar(call.optional(1)), scalar(call.optional(2)))
        : x;
  }

  private static ScalarOptional bound(Call call, String name) {
    return call.node().has(name)
        ? new ScalarOptional(new Scalar(call.node().real(name, 0)))
        : new ScalarOptional();
  }

  private static TensorOptional scalar(@Nullable Tensor bound) {
    return bound == null ? new TensorOptional() : new TensorOptional(bound.reshape());
  }

  /// In evaluation mode: nothing is dropped.
  private static List<Tensor> dropout(Call call) {
    Tensor x = call.input(0);
    return call.node().hasOutput(1)
        ? List.of(x, TensorValues.filled(TensorValues.shape(x), 1, ScalarType.Bool))
        : List.of(x);
  }
}
