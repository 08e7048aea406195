package topolip.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import topolip.model.DataFlow;

/// The data flow of a graph.
///
/// Nodes are in topological order, as ONNX demands. What a subgraph (of `If`, `Loop`) reads from
/// outside counts as an input of its node.
final class OnnxGraph {

  private OnnxGraph() {}

  static DataFlow flow(GraphProto graph) {
    List<DataFlow.Node> nodes = new ArrayList<>();
    for (NodeProto proto : graph.getNodeList()) {
      Set<String> inputs = new LinkedHashSet<>(proto.getInputList());
      for (AttributeProto attribute : proto.getAttributeList()) {
        if (attribute.hasG()) {
          inputs.addAll(outerNames(attribute.getG()));
        }
        attribute.getGraphsList().forEach(inner -> inputs.addAll(outerNames(inner)));
      }
      nodes.add(
          new DataFlow.Node(
              nodes.size(), proto.getOpType(), List.copyOf(inputs), proto.getOutputList()));
    }
    return new DataFlow(nodes);
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
}
