package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.single;
import static topolip.torch.onnx.Operator.unary;

import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The functions between the layers of a network.
final class ActivationFunctions {
  private static final double SELU_ALPHA = 1.6732631921768188;
  private static final double SELU_GAMMA = 1.0507010221481323;

  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Relu", unary(Tensor::relu, Tensor::relu_)),
          entry("LeakyRelu", single(ActivationFunctions::leaky)),
          entry("PRelu", single(ActivationFunctions::parametric)),
          entry("ThresholdedRelu", single(ActivationFunctions::thresholded)),
          entry("Elu", single(call -> elu(call, call.node().real("alpha", 1), 1))),
          entry("Selu", single(ActivationFunctions::selu)),
          entry("Celu", single(ActivationFunctions::celu)),
          entry("Gelu", single(ActivationFunctions::gelu)),
          entry("Sigmoid", unary(Tensor::sigmoid, Tensor::sigmoid_)),
          entry("HardSigmoid", single(ActivationFunctions::hardSigmoid)),
          entry("HardSwish", unary(torch::hardswish)),
          entry("Mish", unary(torch::mish)),
          entry("Tanh", unary(Tensor::tanh)),
          entry("Softplus", unary(x -> torch.logaddexp(x, torch.zeros_like(x)))),
          entry("Softsign", unary(x -> x.div(x.abs().add(new Scalar(1.0))))),
          entry("Shrink", single(ActivationFunctions::shrink)),
          entry("Softmax", single(call -> normalised(call, torch::softmax))),
          entry("LogSoftmax", single(call -> normalised(call, torch::log_softmax))),
          entry("Hardmax", single(call -> normalised(call, ActivationFunctions::hardmax))));

  private ActivationFunctions() {}

  private static Tensor leaky(Call call) {
    return torch.leaky_relu(call.input(0), new Scalar(call.node().real("alpha", 0.01)));
  }

  private static Tensor parametric(Call call) {
    Tensor x = call.input(0);
    return torch.where(x.lt(new Scalar(0.0)), x.mul(call.input(1)), x);
  }

  private static Tensor thresholded(Call call) {
    Tensor x = call.input(0);
    Tensor above = x.gt(new Scalar(call.node().real("alpha", 1)));
    return torch.where(above, x, torch.zeros_like(x));
  }

  private static Tensor elu(Call call, double alpha, double gamma) {
    return torch.elu(call.input(0), new Scalar(alpha), new Scalar(gamma), new Scalar(1.0));
  }

  private static Tensor selu(Call call) {
    return elu(call, call.node().real("alpha", SELU_ALPHA), call.node().real("gamma", SELU_GAMMA));
  }

  private static Tensor celu(Call call) {
    return torch.celu(call.input(0), new Scalar(call.node().real("alpha", 1)));
  }

  private static Tensor gelu(Call call) {
    return torch.gelu(call.input(0), call.node().text("approximate", "none"));
  }

  private static Tensor hardSigmoid(Call call) {
    Scalar slope = new Scalar(call.node().real("alpha", 0.2));
    Scalar offset = new Scalar(call.node().real("beta", 0.5));
    return call.input(0)
        .mul(slope)
        .add(offset)
        .clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)));
  }

  private static Tensor shrink(Call call) {
    Tensor x = call.input(0);
    Scalar bias = new Scalar(call.node().real("bias", 0));
    double lambda = call.node().real("lambd", 0.5);
    Tensor low = torch.where(x.lt(new Scalar(-lambda)), x.add(bias), torch.zeros_like(x));
    return torch.where(x.gt(new Scalar(lambda)), x.sub(bias), low);
  }

  /// What is normalised along an axis.
  private interface Normaliser {
    Tensor apply(Tensor x, long axis);
  }

  /// Before operator set 13, all axes from the given one on are taken as one.
  private static Tensor normalised(Call call, Normaliser normaliser) {
    Tensor x = call.input(0);
    if (call.opset() >= 13) {
      return normaliser.apply(x, call.node().integer("axis", -1));
    }
    int axis = TensorValues.axis(call.node().integer("axis", 1), x.dim());
    if (axis == x.dim() - 1) {
      return normaliser.apply(x, axis);
    }
    Tensor flat = x.flatten(axis, -1);
    return normaliser.apply(flat, axis).reshape(TensorValues.shape(x));
  }

  /// 1 at the first largest element, 0 elsewhere.
  private static Tensor hardmax(Tensor x, long axis) {
    Tensor largest = x.argmax(new LongOptional(axis), true);
    return torch.scatter(torch.zeros_like(x), axis, largest, new Scalar(1.0));
  }
}
