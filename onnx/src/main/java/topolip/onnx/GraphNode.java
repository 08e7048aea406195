package topolip.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;

/// A node with its attributes.
///
/// @param operation such as `Conv`; of another domain than ONNX's own, `com.microsoft.Attention`
/// @param inputs names of tensors; optional ones that are left out are empty
record GraphNode(
    String operation, List<String> inputs, List<String> outputs, List<AttributeProto> attributes) {

  static GraphNode of(NodeProto proto) {
    return new GraphNode(
        operation(proto.getDomain(), proto.getOpType()),
        List.copyOf(proto.getInputList()),
        List.copyOf(proto.getOutputList()),
        List.copyOf(proto.getAttributeList()));
  }

  private static String operation(String domain, String name) {
    return domain.isEmpty() || domain.equals("ai.onnx") ? name : domain + "." + name;
  }

  String output() {
    return outputs.getFirst();
  }

  String input(int index) {
    return index < inputs.size() ? inputs.get(index) : "";
  }

  long integer(String name, long otherwise) {
    for (AttributeProto attribute : attributes) {
      if (attribute.getName().equals(name)) {
        return attribute.getI();
      }
    }
    return otherwise;
  }

  double real(String name, double otherwise) {
    for (AttributeProto attribute : attributes) {
      if (attribute.getName().equals(name)) {
        return attribute.getF();
      }
    }
    return otherwise;
  }

  String text(String name, String otherwise) {
    for (AttributeProto attribute : attributes) {
      if (attribute.getName().equals(name)) {
        return attribute.getS().toStringUtf8();
      }
    }
    return otherwise;
  }

  /// A list of integers; empty if it is not given.
  long[] integers(String name) {
    for (AttributeProto attribute : attributes) {
      if (attribute.getName().equals(name)) {
        return attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
      }
    }
    return new long[0];
  }
}
