package topolip.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The data flow of a network: which node makes which tensors out of which.
public final class DataFlow {

  /// @param index its place in the order of evaluation
  /// @param operation in ONNX's words, such as `Conv`
  /// @param inputs names of the tensors read, in order; optional ones that are left out are empty
  /// @param outputs names of the tensors made
  public record Node(int index, String operation, List<String> inputs, List<String> outputs) {
    public Node {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  private final List<Node> nodes;

  /// @param nodes in topological order
  public DataFlow(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  public List<Node> nodes() {
    return nodes;
  }

  /// The names of all tensors that nodes make, in the order of evaluation.
  public List<String> tensors() {
    return nodes.stream()
        .flatMap(node -> node.outputs().stream())
        .filter(tensor -> !tensor.isEmpty())
        .toList();
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
