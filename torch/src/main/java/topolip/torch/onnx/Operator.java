package topolip.torch.onnx;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// How outputs are computed of inputs.
@FunctionalInterface
interface Operator {

  /// The outputs in their order, as many as the node has, or fewer if the last are left out. They
  /// belong to the innermost scope; an output may be an input.
  List<Tensor> apply(Call call);

  /// With one output.
  interface Single {
    Tensor apply(Call call);
  }

  /// With one input and one output.
  interface Unary {
    Tensor apply(Tensor x);
  }

  /// With two inputs and one output.
  interface Binary {
    Tensor apply(Tensor a, Tensor b);
  }

  static Operator single(Single operator) {
    return call -> List.of(operator.apply(call));
  }

  static Operator unary(Unary operator) {
    return call -> List.of(operator.apply(call.input(0)));
  }

  static Operator binary(Binary operator) {
    return call -> List.of(operator.apply(call.input(0), call.input(1)));
  }

  /// With one input and one output, which takes the input's place where nothing else sees that.
  ///
  /// @param inPlace does the same to its argument
  static Operator unary(Unary operator, Unary inPlace) {
    return call -> {
      Tensor x = call.input(0);
      if (!call.isSpare(0) || !TensorValues.isFloating(x)) {
        return List.of(operator.apply(x));
      }
      Tensor _ = inPlace.apply(x);
      return List.of(x);
    };
  }

  /// With two inputs and one output, which takes the place of the first where nothing else sees
  /// that, and it has the output's shape.
  ///
  /// @param inPlace does the same to its first argument
  static Operator binary(Binary operator, Binary inPlace) {
    return call -> {
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      if (!call.isSpare(0) || !TensorValues.isRepeatedAlong(b, a)) {
        return List.of(operator.apply(a, b));
      }
      Tensor _ = inPlace.apply(a, b);
      return List.of(a);
    };
  }

  /// The same where inputs can be exchanged: the second's place may be taken as well.
  static Operator commutative(Binary operator, Binary inPlace) {
    Operator first = binary(operator, inPlace);
    return call -> {
      Tensor a = call.input(0);
      Tensor b = call.input(1);
      if (call.isSpare(0) || !call.isSpare(1) || !TensorValues.isOrderedAs(b, a)) {
        return first.apply(call);
      }
      Tensor _ = inPlace.apply(b, a);
      return List.of(b);
    };
  }
}
