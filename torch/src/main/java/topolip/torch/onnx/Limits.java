package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What operators that there are do not do.
final class Limits {

  private Limits() {}

  /// Why a node is not supported, such as `MaxPool with indices`; null if it is.
  static @Nullable String of(OnnxNode node) {
    String name = node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
    if (Operators.of(node) == null || node.domain().equals(Fusion.DOMAIN)) {
      return name;
    }
    String lacking =
        switch (node.operator()) {
          case "Attention" -> node.domain().isEmpty() ? attention(node) : packed(node);
          case "MultiHeadAttention" -> multiHead(node);
          case "MaxPool" -> node.hasOutput(1) ? "with indices" : null;
          case "BatchNormalization" ->
              node.flag("training_mode", false) || node.hasOutput(1) ? "in training" : null;
          case "Dropout" -> node.hasInput(2) ? "in training" : null;
          case "Cast" -> type(node, "to");
          case "EyeLike" -> type(node, "dtype");
          case "Constant" -> constant(node);
          default -> null;
        };
    return lacking == null ? null : name + " " + lacking;
  }

  private static @Nullable String attention(OnnxNode node) {
    if (given(node, 4, 5, 6) || node.hasOutput(1) || node.hasOutput(2)) {
      return "with a cache";
    }
    if (node.hasOutput(3)) {
      return "with its scores";
    }
    if (node.real("softcap", 0) != 0) {
      return "with a soft cap";
    }
    return node.integer("q_num_heads", 1) == node.integer("kv_num_heads", 1)
        ? null
        : "with fewer heads of keys";
  }

  private static @Nullable String packed(OnnxNode node) {
    if (given(node, 4, 6) || node.hasOutput(1)) {
      return "with a cache";
    }
    if (node.hasInput(3)) {
      return "with a mask of places";
    }
    return node.flag("do_rotary", false) ? "with rotary positions" : null;
  }

  private static @Nullable String multiHead(OnnxNode node) {
    if (given(node, 6, 7, 8, 9) || node.hasOutput(1) || node.hasOutput(2)) {
      return "with a cache";
    }
    if (node.hasInput(4)) {
      return "with a mask of places";
    }
    return node.hasInput(1) && node.hasInput(2) ? null : "of packed inputs";
  }

  private static boolean given(OnnxNode node, int... inputs) {
    return Arrays.stream(inputs).anyMatch(node::hasInput);
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
