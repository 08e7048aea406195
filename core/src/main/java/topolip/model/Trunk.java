package topolip.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tensors through which everything passes on its way from the input to the logits.
///
/// In a chain these are all tensors; a residual block, whose skip passes by its branch, has only
/// its input and its output among them. What lies between two neighbours is a [Segment].
final class Trunk {

  /// @param end the tensor that it makes
  /// @param join the operation that makes the end
  /// @param operations all operations of the segment, the join included
  /// @param merges whether several paths meet in the join
  record Segment(String end, String join, Set<String> operations, boolean merges) {}

  private final String input;
  private final List<Segment> segments = new ArrayList<>();

  /// @param relevant the tensors that lie between input and logits, both included
  Trunk(DataFlow graph, String input, Set<String> relevant) {
    this.input = input;
    Map<String, Integer> lastUse = new HashMap<>();
    for (DataFlow.Node node : graph.nodes()) {
      node.inputs().stream()
          .filter(relevant::contains)
          .forEach(tensor -> lastUse.put(tensor, node.index()));
    }
    Set<String> operations = new HashSet<>();
    int reach = lastUse.getOrDefault(input, 0);
    for (DataFlow.Node node : graph.nodes()) {
      List<String> made = node.outputs().stream().filter(relevant::contains).toList();
      if (made.isEmpty()) {
        continue;
      }
      operations.add(node.operation());
      // All that was made before is used up here: nothing passes by this node.
      if (reach <= node.index() && made.size() == 1) {
        long sources = node.inputs().stream().filter(relevant::contains).distinct().count();
        segments.add(
            new Segment(made.getFirst(), node.operation(), Set.copyOf(operations), sources > 1));
        operations.clear();
      }
      for (String tensor : made) {
        reach = Math.max(reach, lastUse.getOrDefault(tensor, 0));
      }
    }
  }

  String input() {
    return input;
  }

  /// From the input to the logits.
  List<Segment> segments() {
    return segments;
  }
}
