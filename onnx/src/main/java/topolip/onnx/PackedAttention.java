package topolip.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// ONNX Runtime's `Attention`, which holds the projections to queries, keys and values in one
/// weight, as the projections and a `MultiHeadAttention` that it stands for.
final class PackedAttention {
  private static final String DOMAIN = "com.microsoft";
  private static final Set<String> KEPT = Set.of("num_heads", "scale", "unidirectional");

  private static final long SLICE_BY_INPUTS = 10;

  private PackedAttention() {}

  /// The file with its packed attention written out; those with a mask, a cache, rotary positions
  /// or a second output stay as they are, as do those of operator sets whose `Slice` has no inputs.
  static OnnxFile unpacked(OnnxFile file) {
    if (file.operatorSet() < SLICE_BY_INPUTS) {
      return file;
    }
    List<NodeProto> nodes = new ArrayList<>();
    for (NodeProto node : file.graph().getNodeList()) {
      Optional<long[]> widths = isPlain(node) ? widths(file, node) : Optional.empty();
      if (widths.isPresent()) {
        nodes.addAll(written(node, widths.get()));
      } else {
        nodes.add(node);
      }
    }
    return file.withNodes(nodes);
  }

  private static boolean isPlain(NodeProto node) {
    return node.getDomain().equals(DOMAIN)
        && node.getOpType().equals("Attention")
        && node.getInputList().stream().skip(3).allMatch(String::isEmpty)
        && node.getOutputList().stream().skip(1).allMatch(String::isEmpty)
        && GraphNode.of(node).integer("do_rotary", 0) == 0;
  }

  /// Of queries, keys and values: thirds of the weight's columns, unless they are given.
  private static Optional<long[]> widths(OnnxFile file, NodeProto node) {
    long[] given = GraphNode.of(node).integers("qkv_hidden_sizes");
    if (given.length == 3) {
      return Optional.of(given);
    }
    return file.graph().getInitializerList().stream()
        .filter(weight -> weight.getName().equals(node.getInput(1)) && weight.getDimsCount() == 2)
        .map(weight -> weight.getDims(1) / 3)
        .map(width -> new long[] {width, width, width})
        .findFirst();
  }

  private static List<NodeProto> written(NodeProto packed, long[] widths) {
    String name = packed.getOutput(0) + "/";
    List<NodeProto> nodes = new ArrayList<>();
    NodeProto.Builder heads =
        NodeProto.newBuilder()
            .setDomain(DOMAIN)
            .setOpType("MultiHeadAttention")
            .addOutput(packed.getOutput(0));
    packed.getAttributeList().stream()
        .filter(attribute -> KEPT.contains(attribute.getName()))
        .forEach(heads::addAttribute);
    boolean biased = packed.getInputCount() > 2 && !packed.getInput(2).isEmpty();
    long from = 0;
    for (int p = 0; p < 3; p++) {
      String part = name + List.of("queries", "keys", "values").get(p);
      long to = from + widths[p];
      nodes.addAll(columns(packed.getInput(1), 1, from, to, part + "/weight"));
      String product = biased ? part + "/product" : part;
      nodes.add(node("MatMul", product, packed.getInput(0), part + "/weight"));
      if (biased) {
        nodes.addAll(columns(packed.getInput(2), 0, from, to, part + "/bias"));
        nodes.add(node("Add", part, product, part + "/bias"));
      }
      heads.addInput(part);
      from = to;
    }
    nodes.add(heads.build());
    return nodes;
  }

  /// Part of a weight, cut along an axis.
  private static List<NodeProto> columns(
      String weight, long axis, long from, long to, String output) {
    return List.of(
        constant(output + "/from", from),
        constant(output + "/to", to),
        constant(output + "/axis", axis),
        node("Slice", output, weight, output + "/from", output + "/to", output + "/axis"));
  }

  private static NodeProto constant(String output, long value) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(1)
            .addInt64Data(value);
    return NodeProto.newBuilder(node("Constant", output))
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(tensor))
        .build();
  }

  private static NodeProto node(String operation, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operation)
        .addOutput(output)
        .addAllInput(List.of(inputs))
        .build();
  }
}
