package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A node of a graph.
///
/// @param domain of its operator; empty for ONNX's own
/// @param operator such as `Conv`
/// @param opset the version of the domain's operators that the file follows
/// @param inputs names of tensors; optional ones that are left out are empty
/// @param outputs as `inputs`
record OnnxNode(
    String name,
    String domain,
    String operator,
    long opset,
    List<String> inputs,
    List<String> outputs,
    Map<String, AttributeProto> attributes) {

  static OnnxNode of(NodeProto proto, Map<String, Long> opsets) {
    String domain = proto.getDomain().equals("ai.onnx") ? "" : proto.getDomain();
    Map<String, AttributeProto> attributes = new HashMap<>();
    proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
    String output = proto.getOutputCount() == 0 ? "" : proto.getOutput(0);
    return new OnnxNode(
        proto.getName().isEmpty() ? output : proto.getName(),
        domain,
        proto.getOpType(),
        opsets.getOrDefault(domain, 1L),
        List.copyOf(proto.getInputList()),
        List.copyOf(proto.getOutputList()),
        attributes);
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /// Whether the input at this place is given.
  boolean hasInput(int index) {
    return index < inputs.size() && !inputs.get(index).isEmpty();
  }

  boolean hasOutput(int index) {
    return index < outputs.size() && !outputs.get(index).isEmpty();
  }

  long integer(String attribute, long otherwise) {
    AttributeProto value = attributes.get(attribute);
    return value == null ? otherwise : value.getI();
  }

  boolean flag(String attribute, boolean otherwise) {
    return integer(attribute, otherwise ? 1 : 0) != 0;
  }

  double real(String attribute, double otherwise) {
    AttributeProto value = attributes.get(attribute);
    return value == null ? otherwise : decimal(value.getF());
  }

  /// The double that reads as the float: 0.1f stands for 0.1, so that float64 gets it exactly.
  private static double decimal(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  String text(String attribute, String otherwise) {
    AttributeProto value = attributes.get(attribute);
    return value == null ? otherwise : value.getS().toStringUtf8();
  }

  /// A list of integers; null if it is not given.
  long @Nullable [] integers(String attribute) {
    AttributeProto value = attributes.get(attribute);
    return value == null ? null : value.getIntsList().stream().mapToLong(Long::longValue).toArray();
  }

  long[] integers(String attribute, long[] otherwise) {
    long[] values = integers(attribute);
    return values == null ? otherwise : values;
  }

  /// A list of numbers; null if it is not given.
  double @Nullable [] reals(String attribute) {
    AttributeProto value = attributes.get(attribute);
    return value == null
        ? null
        : value.getFloatsList().stream().mapToDouble(OnnxNode::decimal).toArray();
  }

  AttributeProto attribute(String attribute) {
    return Objects.requireNonNull(
        attributes.get(attribute), () -> "%s has no %s".formatted(this, attribute));
  }

  @Override
  public String toString() {
    return "%s (%s)".formatted(name, operator);
  }
}
