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
}
