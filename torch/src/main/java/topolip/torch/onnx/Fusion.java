package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Finds nodes that end a chain which one operator computes in fewer steps: linear layers with
/// their bias, GELU written out, and batch normalisation of a convolution.
///
/// Only the last node of a chain is replaced. Those before it stay, and run when their own tensors
/// are asked for, in addition; so no value depends on what else is asked for.
final class Fusion {
  /// Of the operators that only this makes.
  static final String DOMAIN = "topolip.fused";

  static final String LINEAR = "Linear";

  private static final String WEIGHT = "#weight";
  private static final String BIAS = "#bias";

  /// Of √2 and its inverse, which files have in single precision.
  private static final double TOLERANCE = 1e-7;

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

  /// What computes the node's output; the node itself if it ends no such chain, or a damaged one,
  /// which says so when it is run.
  OnnxNode of(OnnxNode node) {
    if (!node.domain().isEmpty() || !node.hasOutput(0)) {
      return node;
    }
    OnnxNode fused =
        switch (node.operator()) {
          case "Add" -> hasInputs(node, 2) ? linear(node) : null;
          case "Mul" -> hasInputs(node, 2) ? gelu(node) : null;
          case "BatchNormalization" -> hasInputs(node, 5) ? convolution(node) : null;
          default -> null;
        };
    return fused == null ? node : fused;
  }

  private static boolean hasInputs(OnnxNode node, int count) {
    return node.inputs().size() >= count
        && node.inputs().subList(0, count).stream().noneMatch(String::isEmpty);
  }

  /// `x W + b`, W and b constant.
  private @Nullable OnnxNode linear(OnnxNode sum) {
    for (int side = 0; side < 2; side++) {
      String bias = sum.inputs().get(1 - side);
      OnnxNode product = onlyFor(sum.inputs().get(side), "MatMul", 2);
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
    if (factors.size() != 2 || factor != 0.5) {
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
      OnnxNode inner = onlyFor(input, "Mul", 2);
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
    OnnxNode sum = maker(name, "Add", 2);
    if (sum == null) {
      return false;
    }
    for (int side = 0; side < 2; side++) {
      Double one = number(sum.inputs().get(1 - side));
      OnnxNode erf = maker(sum.inputs().get(side), "Erf", 1);
      if (one != null && one == 1 && erf != null && isOverRootOfTwo(erf.inputs().getFirst(), x)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOverRootOfTwo(String name, String x) {
    OnnxNode quotient = maker(name, "Div", 2);
    if (quotient != null) {
      return quotient.inputs().get(0).equals(x) && isNear(quotient.inputs().get(1), Math.sqrt(2));
    }
    OnnxNode product = maker(name, "Mul", 2);
    if (product == null) {
      return false;
    }
    int side = product.inputs().get(0).equals(x) ? 0 : 1;
    return product.inputs().get(side).equals(x)
        && isNear(product.inputs().get(1 - side), Math.sqrt(0.5));
  }

  /// A convolution whose kernels and biases have the normalisation in them.
  private @Nullable OnnxNode convolution(OnnxNode norm) {
    OnnxNode convolution = onlyFor(norm.inputs().getFirst(), "Conv", 2);
    String name = norm.outputs().getFirst();
    if (convolution == null || !isFoldable(norm, convolution) || isTaken(name)) {
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
    ScalarType type = TensorValues.type(constant(convolution.inputs().get(1)));
    keep.accept(name + WEIGHT, weight.mul(scale.reshape(sides)).to(type));
    keep.accept(name + BIAS, centred.mul(scale).add(real(norm.inputs().get(2))).to(type));
    List<String> inputs = List.of(convolution.inputs().getFirst(), name + WEIGHT, name + BIAS);
    return instead(norm, "", "Conv", inputs, convolution.attributes());
  }

  /// Whether all but the image are constants, and one value a channel.
  private boolean isFoldable(OnnxNode norm, OnnxNode convolution) {
    Tensor weight = constants.get(convolution.inputs().get(1));
    if (weight == null || weight.dim() < 3) {
      return false;
    }
    List<String> perChannel = new ArrayList<>(norm.inputs().subList(1, 5));
    if (convolution.hasInput(2)) {
      perChannel.add(convolution.inputs().get(2));
    }
    return perChannel.stream()
        .map(constants::get)
        .allMatch(
            values -> values != null && values.dim() == 1 && values.size(0) == weight.size(0));
  }

  /// Whether the file has a tensor of the name that a folded constant would get.
  private boolean isTaken(String name) {
    return Stream.of(name + WEIGHT, name + BIAS)
        .anyMatch(constant -> constants.containsKey(constant) || makers.containsKey(constant));
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

  /// The node that makes a tensor, if it has this operator and its inputs; null otherwise.
  private @Nullable OnnxNode maker(String name, String operator, int inputs) {
    OnnxNode maker = makers.get(name);
    boolean such =
        maker != null
            && maker.domain().isEmpty()
            && maker.operator().equals(operator)
            && hasInputs(maker, inputs);
    return such ? maker : null;
  }

  /// The same, if one node reads the tensor: where several do, it is computed anyway.
  private @Nullable OnnxNode onlyFor(String name, String operator, int inputs) {
    return uses.getOrDefault(name, 0) == 1 ? maker(name, operator, inputs) : null;
  }

  private Tensor constant(String name) {
    return Objects.requireNonNull(constants.get(name), name);
  }

  /// In double precision.
  private Tensor real(String name) {
    return constant(name).to(ScalarType.Double);
  }

  /// A constant of one number in single precision; null if it is something else. In double
  /// precision the file's √2 is not the nearest one, and what the file says is computed.
  private @Nullable Double number(String name) {
    Tensor tensor = constants.get(name);
    return tensor != null
            && tensor.numel() == 1
            && tensor.dim() <= 1
            && TensorValues.type(tensor) == ScalarType.Float
        ? Double.valueOf(tensor.to(ScalarType.Double).item_double())
        : null;
  }

  private boolean isNear(String name, double expected) {
    Double number = number(name);
    return number != null && Math.abs(number - expected) < TOLERANCE;
  }
}
