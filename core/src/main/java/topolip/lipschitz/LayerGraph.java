package topolip.lipschitz;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import topolip.model.Tap;

/// A network as layers between tensors, in topological order, from its images on.
///
/// @param input the tensor of images in [0, 1]
/// @param width the length of the last axis of the images
public record LayerGraph(String input, int width, List<Node> nodes) {

  /// @param output the tensor that it makes
  /// @param operation in the words of its file, such as `Conv`
  /// @param inputs the tensors that depend on the image, in the order that the layer needs
  /// @param width the length of the last axis of the output
  public record Node(String output, String operation, Layer layer, List<String> inputs, int width) {
    public Node {
      inputs = List.copyOf(inputs);
      int expected =
          switch (layer) {
            case Layer.Map _, Layer.RowNormalisation _ -> 1;
            case Layer.Sum sum -> sum.gains().size();
            case Layer.Stack stack -> stack.gains().size();
            case Layer.Attention _ -> 3;
            case Layer.Unbounded _ -> inputs.size();
          };
      if (inputs.size() != expected) {
        throw new IllegalArgumentException(
            "%s needs %d inputs, not %d".formatted(output, expected, inputs.size()));
      }
    }
  }

  /// The tensor that a tap reads.
  ///
  /// @throws IllegalArgumentException if there is none of its name
  public String tensor(Tap tap) {
    if (tap.index() == 0) {
      return input;
    }
    if (nodes.stream().noneMatch(node -> node.output().equals(tap.name()))) {
      throw new IllegalArgumentException("the layers have no tensor " + tap.name());
    }
    return tap.name();
  }

  /// The tensors on the way from the images to a tensor, both among them.
  Set<String> way(String tensor) {
    Set<String> way = new HashSet<>(Set.of(tensor));
    for (Node node : nodes.reversed()) {
      if (way.contains(node.output())) {
        way.addAll(node.inputs());
      }
    }
    return way;
  }

  public LayerGraph {
    nodes = List.copyOf(nodes);
    Set<String> made = new HashSet<>(Set.of(input));
    for (Node node : nodes) {
      if (!made.containsAll(node.inputs())) {
        throw new IllegalArgumentException(
            "%s reads %s before they are made".formatted(node.output(), node.inputs()));
      }
      made.add(node.output());
    }
  }
}
