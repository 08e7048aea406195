package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.binary;
import static topolip.torch.onnx.Operator.commutative;
import static topolip.torch.onnx.Operator.single;
import static topolip.torch.onnx.Operator.unary;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Numbers and truth values of two or more tensors, element by element, sides of 1 repeated.
final class Arithmetic {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Add", commutative(Tensor::add, Tensor::add_)),
          entry("Sub", binary(Tensor::sub, Tensor::sub_)),
          entry("Mul", commutative(Tensor::mul, Tensor::mul_)),
          entry("Div", binary(Arithmetic::quotient, Arithmetic::quotientInPlace)),
          entry("Pow", binary(Arithmetic::power)),
          entry("Mod", single(Arithmetic::remainder)),
          entry("Max", single(call -> folded(call, torch::maximum))),
          entry("Min", single(call -> folded(call, torch::minimum))),
          entry("Sum", single(call -> folded(call, Tensor::add))),
          entry("Mean", single(Arithmetic::mean)),
          entry("Equal", binary(Tensor::eq)),
          entry("Greater", binary(Tensor::gt)),
          entry("GreaterOrEqual", binary(Tensor::ge)),
          entry("Less", binary(Tensor::lt)),
          entry("LessOrEqual", binary(Tensor::le)),
          entry("And", binary(Tensor::logical_and)),
          entry("Or", binary(Tensor::logical_or)),
          entry("Xor", binary(Tensor::logical_xor)),
          entry("Not", unary(Tensor::logical_not)),
          entry("BitwiseAnd", binary(Tensor::bitwise_and)),
          entry("BitwiseOr", binary(Tensor::bitwise_or)),
          entry("BitwiseXor", binary(Tensor::bitwise_xor)),
          entry("BitwiseNot", unary(Tensor::bitwise_not)),
          entry("Where", single(call -> torch.where(call.input(0), call.input(1), call.input(2)))));

  private Arithmetic() {}

  private static Tensor folded(Call call, Operator.Binary operator) {
    List<Tensor> inputs = call.all();
    Tensor result = inputs.getFirst();
    for (Tensor input : inputs.subList(1, inputs.size())) {
      result = operator.apply(result, input);
    }
    return result;
  }

  private static Tensor mean(Call call) {
    return folded(call, Tensor::add).div(new Scalar((double) call.inputs().size()));
  }

  /// Of integers without remainder.
  private static Tensor quotient(Tensor a, Tensor b) {
    return TensorValues.isFloating(a) ? a.div(b) : a.div(b, truncated());
  }

  private static Tensor quotientInPlace(Tensor a, Tensor b) {
    return TensorValues.isFloating(a) ? a.div_(b) : a.div_(b, truncated());
  }

  private static StringViewOptional truncated() {
    return new StringViewOptional(new BytePointer("trunc"));
  }

  /// Of the base's type. A constant exponent of one value is a number, which has simpler
  /// derivatives.
  private static Tensor power(Tensor base, Tensor exponent) {
    boolean number = exponent.numel() == 1 && exponent.dim() <= 1 && !exponent.requires_grad();
    Tensor power =
        number && TensorValues.isFloating(base)
            ? base.pow(new Scalar(exponent.item_double()))
            : base.pow(exponent);
    Tensor typed = power.to(TensorValues.type(base));
    // A vector of one value makes a vector of a single number.
    return number && exponent.dim() > base.dim() ? typed.reshape(1) : typed;
  }

  /// With the sign of the divisor, or with `fmod` of the dividend.
  private static Tensor remainder(Call call) {
    Tensor a = call.input(0);
    Tensor b = call.input(1);
    return call.node().flag("fmod", false) ? a.fmod(b) : a.remainder(b);
  }
}
