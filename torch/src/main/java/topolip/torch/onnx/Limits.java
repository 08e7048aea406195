package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import org.jspecify.annotations.Nullable;

/// What operators that there are do not do.
final class Limits {

  private Limits() {}

  /// Why a node is not supported, such as `MaxPool with indices`; null if it is.
  static @Nullable String of(OnnxNode node) {
    if (Operators.of(node) == null) {
      return node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
    }
    String lacking =
        switch (node.operator()) {
          case "MaxPool" -> node.hasOutput(1) ? "with indices" : null;
          case "BatchNormalization" ->
              node.flag("training_mode", false) || node.hasOutput(1) ? "in training" : null;
          case "Dropout" -> node.hasInput(2) ? "in training" : null;
          case "Cast" -> type(node, "to");
          case "EyeLike" -> type(node, "dtype");
          case "Constant" -> constant(node);
          default -> null;
        };
    return lacking == null ? null : node.operator() + " " + lacking;
  }

  private static @Nullable String type(OnnxNode node, String attribute) {
    int type = Math.toIntExact(node.integer(attribute, 1));
    return ElementTypes.supported(type) ? null : "to " + ElementTypes.name(type);
  }

  private static @Nullable String constant(OnnxNode node) {
    if (node.attributes().size() != 1) {
      return "without its value";
    }
    AttributeProto value = node.attributes().values().iterator().next();
    return switch (value.getName()) {
      case "value" ->
          ElementTypes.supported(value.getT().getDataType())
              ? null
              : "of " + ElementTypes.name(value.getT().getDataType());
      case "value_float", "value_floats", "value_int", "value_ints" -> null;
      default -> "of " + value.getName();
    };
  }
}
