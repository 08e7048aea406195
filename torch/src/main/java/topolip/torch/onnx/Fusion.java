package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Finds nodes that end a chain which one operator computes in fewer steps: linear layers with
/// their bias, GELU written out, and batch normalisation of a convolution.
///
/// Only the last node of a chain is replaced. Those before it stay, and run when their own tensors
/// are asked for; so no value depends on what else is asked for.
final class Fusion {
  /// Of the operators that only this makes.
  static final String DOMAIN = "topolip.fused";

  static final String LINEAR = "Linear";

  private static final double TOLERANCE = 1e-6;

  private final Map<String, Tensor> constants;
  private final BiConsumer<String, Tensor> keep;
  private final Map<String, OnnxNode> makers = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();

  /// @param constants by name, as far as the graph has been read
  /// @param keep takes constants that are added
  Fusion(
      Collection<OnnxNode> nodes,
      Collection<String> outputs,
      Map<String, Tensor> constants,
      BiConsumer<String, Tensor> keep) {
    this.constants = constants;
    this.keep = keep;
    for (OnnxNode node : nodes) {
      node.outputs().forEach(output -> makers.put(output, node));
      node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
    }
    outputs.forEach(output -> uses.merge(output, 1, Integer::sum));
  }

  /// What computes the node's output; the node itself if it ends no such chain.
  OnnxNode of(OnnxNode node) {
    if (!node.domain().isEmpty()) {
      return node;
    }
    OnnxNode fused =
        switch (node.operator()) {
          case "Add" -> linear(node);
          case "Mul" -> gelu(node);
          case "BatchNormalization" -> convolution(node);
          default -> null;
        };
    return fused == null ? node : fused;
  }

  /// `x W + b`, W and b constant.
  private @Nullable OnnxNode linear(OnnxNode sum) {
    for (int side = 0; side < 2; side++) {
      String bias = sum.inputs().get(1 - side);
      OnnxNode product = onlyFor(sum.inputs().get(side), "MatMul");
      if (product != null && fits(constants.get(product.inputs().get(1)), constants.get(bias))) {
        List<String> inputs = List.of(product.inputs().get(0), product.inputs().get(1), bias);
        return instead(sum, DOMAIN, LINEAR, inputs, Map.of());
      }
    }
    return null;
  }

  private static boolean fits(@Nullable Tensor weight, @Nullable Tensor bias) {
    return weight != null
        && bias != null
        && weight.dim() == 2
        && bias.dim() == 1
        && weight.size(1) == bias.size(0)
        && TensorValues.isFloating(weight);
  }

  /// `½ x (1 + erf(x / √2))`, the factors in any order.
  private @Nullable OnnxNode gelu(OnnxNode product) {
    List<String> factors = new ArrayList<>();
    double factor = factors(product, factors);
    if (factors.size() != 2 || Math.abs(factor - 0.5) > TOLERANCE) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      String x = factors.get(i);
      if (isOnePlusErf(factors.get(1 - i), x)) {
        return instead(product, "", "Gelu", List.of(x), Map.of());
      }
    }
    return null;
  }

  /// The factors of a product that are no constants.
  ///
  /// @return the constant one
  private double factors(OnnxNode product, List<String> factors) {
    double constant = 1;
    for (String input : product.inputs()) {
      OnnxNode inner = onlyFor(input, "Mul");
      Double number = number(input);
      if (number != null) {
        constant *= number;
      } else if (inner != null) {
        constant *= factors(inner, factors);
      } else {
        factors.add(input);
      }
    }
    return constant;
  }

  private boolean isOnePlusErf(String name, String x) {
    OnnxNode sum = maker(name, "Add");
    if (sum == null) {
      return false;
    }
    for (int side = 0; side < 2; side++) {
      Double one = number(sum.inputs().get(1 - side));
      OnnxNode erf = maker(sum.inputs().get(side), "Erf");
      if (one != null && one == 1 && erf != null && isOverRootOfTwo(erf.inputs().getFirst(), x)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOverRootOfTwo(String name, String x) {
    OnnxNode quotient = maker(name, "Div");
    if (quotient != null) {
      return quotient.inputs().get(0).equals(x) && isNear(quotient.inputs().get(1), Math.sqrt(2));
    }
    OnnxNode product = maker(name, "Mul");
    if (product == null) {
      return false;
    }
    int side = product.inputs().get(0).equals(x) ? 0 : 1;
    return product.inputs().get(side).equals(x)
        && isNear(product.inputs().get(1 - side), Math.sqrt(0.5));
  }

  /// A convolution whose kernels and biases have the normalisation in them.
  private @Nullable OnnxNode convolution(OnnxNode norm) {
    OnnxNode convolution = onlyFor(norm.inputs().getFirst(), "Conv");
    if (convolution == null
        || !constants.keySet().containsAll(norm.inputs().subList(1, 5))
        || !constants.containsKey(convolution.inputs().get(1))
        || (convolution.hasInput(2) && !constants.containsKey(convolution.inputs().get(2)))) {
      return null;
    }
    Tensor variance = real(norm.inputs().get(4));
    Tensor spread = variance.add(new Scalar(norm.real("epsilon", 1e-5))).sqrt();
    Tensor scale = real(norm.inputs().get(1)).div(spread); // (channels)
    Tensor weight = real(convolution.inputs().get(1)); // (channels, …)
    Tensor shift = real(norm.inputs().get(3)).neg();
    Tensor centred = convolution.hasInput(2) ? shift.add(real(convolution.inputs().get(2))) : shift;
    long[] sides = Window.ones(Math.toIntExact(weight.dim()));
    sides[0] = -1;
    String name = norm.outputs().getFirst();
    ScalarType type = TensorValues.type(constant(convolution.inputs().get(1)));
    keep.accept(name + "#weight", weight.mul(scale.reshape(sides)).to(type));
    keep.accept(name + "#bias", centred.mul(scale).add(real(norm.inputs().get(2))).to(type));
    List<String> inputs =
        List.of(convolution.inputs().getFirst(), name + "#weight", name + "#bias");
    return instead(norm, "", "Conv", inputs, convolution.attributes());
  }

  private static OnnxNode instead(
      OnnxNode last,
      String domain,
      String operator,
      List<String> inputs,
      Map<String, AttributeProto> attributes) {
    List<String> outputs = List.of(last.outputs().getFirst());
    return new OnnxNode(last.name(), domain, operator, last.opset(), inputs, outputs, attributes);
  }

  /// The node that makes a tensor, if it has this operator; null otherwise.
  private @Nullable OnnxNode maker(String name, String operator) {
    OnnxNode maker = makers.get(name);
    boolean such = maker != null && maker.domain().isEmpty() && maker.operator().equals(operator);
    return such ? maker : null;
  }

  /// The same, if the tensor is used once: what would be computed twice is not fused.
  private @Nullable OnnxNode onlyFor(String name, String operator) {
    return uses.getOrDefault(name, 0) == 1 ? maker(name, operator) : null;
  }

  private Tensor constant(String name) {
    return Objects.requireNonNull(constants.get(name), name);
  }

  /// In double precision.
  private Tensor real(String name) {
    return constant(name).to(ScalarType.Double);
  }

  /// A constant of one number; null if it is something else.
  private @Nullable Double number(String name) {
    Tensor tensor = constants.get(name);
    return tensor != null
            && tensor.numel() == 1
            && tensor.dim() <= 1
            && TensorValues.isFloating(tensor)
        ? Double.valueOf(tensor.to(ScalarType.Double).item_double())
        : null;
  }

  private boolean isNear(String name, double expected) {
    Double number = number(name);
    return number != null && Math.abs(number - expected) < TOLERANCE;
  }
}
