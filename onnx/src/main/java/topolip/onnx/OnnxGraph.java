package topolip.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The data flow of a model: which node makes which tensor out of which.
///
/// Nodes are in topological order, as ONNX demands. What a subgraph (of `If`, `Loop`) reads from
/// outside counts as an input of its node.
final class OnnxGraph {

  /// @param inputs names of the tensors read, in order; optional ones that are left out are empty
  record Node(int index, String operation, List<String> inputs, List<String> outputs) {}

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Node> producers = new HashMap<>();

  OnnxGraph(GraphProto graph) {
    for (NodeProto proto : graph.getNodeList()) {
      Set<String> inputs = new LinkedHashSet<>(proto.getInputList());
      for (AttributeProto attribute : proto.getAttributeList()) {
        if (attribute.hasG()) {
          inputs.addAll(outerNames(attribute.getG()));
        }
        attribute.getGraphsList().forEach(inner -> inputs.addAll(outerNames(inner)));
      }
      Node node =
          new Node(nodes.size(), proto.getOpType(), List.copyOf(inputs), proto.getOutputList());
      nodes.add(node);
      node.outputs().forEach(output -> producers.put(output, node));
    }
  }

  private static Set<String> outerNames(GraphProto graph) {
    Set<String> used = new LinkedHashSet<>();
    Set<String> own = new HashSet<>();
    graph.getInitializerList().forEach(initializer -> own.add(initializer.getName()));
    graph.getInputList().forEach(input -> own.add(input.getName()));
    for (NodeProto node : graph.getNodeList()) {
      used.addAll(node.getInputList());
      own.addAll(node.getOutputList());
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          used.addAll(outerNames(attribute.getG()));
        }
        attribute.getGraphsList().forEach(inner -> used.addAll(outerNames(inner)));
      }
    }
    used.removeAll(own);
    return used;
  }

  List<Node> nodes() {
    return nodes;
  }

  /// The node that makes a tensor; null for inputs and initialisers.
  @Nullable Node producer(String tensor) {
    return producers.get(tensor);
  }

  /// Those of `candidates` that are computed from `input` and from which `output` is computed, each
  /// through candidates only; both ends included.
  Set<String> between(String input, String output, Set<String> candidates) {
    Set<String> forward = new HashSet<>(Set.of(input));
    for (Node node : nodes) {
      if (node.inputs().stream().anyMatch(forward::contains)) {
        node.outputs().stream().filter(candidates::contains).forEach(forward::add);
      }
    }
    Set<String> backward = new HashSet<>(Set.of(output));
    for (Node node : nodes.reversed()) {
      if (node.outputs().stream().anyMatch(backward::contains)) {
        node.inputs().stream().filter(forward::contains).forEach(backward::add);
      }
    }
    backward.retainAll(forward);
    return backward;
  }
}
