package topolip.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Growth;
import topolip.lipschitz.Layer;

/// Operators that move, copy or leave out entries.
final class MovingRules {
  private static final Set<String> PARTS = Set.of("Identity", "Dropout", "Cast", "Slice", "Split");
  private static final Set<Integer> FLOATING =
      Set.of(
          DataType.FLOAT_VALUE, DataType.FLOAT16_VALUE, DataType.DOUBLE_VALUE, 16 /* bfloat16 */);

  private final SeenGraph graph;

  MovingRules(SeenGraph graph) {
    this.graph = graph;
  }

  /// No entry is copied; null if numbers become whole, or the data are constant.
  @Nullable Recognised moved(GraphNode node) {
    boolean whole =
        node.operation().equals("Cast") && !FLOATING.contains((int) node.integer("to", 0));
    if (whole || !graph.isDependent(node.input(0))) {
      return null;
    }
    // Reshaped rows are parts of rows if their length divides.
    boolean rows =
        PARTS.contains(node.operation())
            || (!node.operation().endsWith("Space")
                && !node.operation().endsWith("Depth")
                && graph.width(node.input(0)) % graph.width(node.output()) == 0);
    return Recognised.moved(node.input(0), rows ? Growth.ROWS_KEPT : Growth.MOVED);
  }

  Recognised transposed(GraphNode node) {
    long[] order = node.integers("perm");
    boolean rows = order.length > 0 && order[order.length - 1] == order.length - 1;
    return Recognised.moved(node.input(0), rows ? Growth.ROWS_KEPT : Growth.MOVED);
  }

  /// Each entry is repeated equally often.
  Recognised repeated(GraphNode node) {
    double copies =
        SeenGraph.size(graph.shape(node.output()))
            / (double) SeenGraph.size(graph.shape(node.input(0)));
    return Recognised.map(
        node.input(0), Bound.Kind.EXACT, Math.sqrt(copies), "entries are repeated", Growth.MOVED);
  }

  /// The root of how often the most frequent index is there; null if indices depend on the image.
  @Nullable Recognised gathered(GraphNode node) {
    Constant indices = graph.constant(node.input(1));
    if (indices == null || !graph.isDependent(node.input(0))) {
      return null;
    }
    long[] shape = graph.shape(node.input(0));
    int axis = Math.toIntExact(Math.floorMod(node.integer("axis", 0), (long) shape.length));
    Map<Long, Integer> counts = new HashMap<>();
    for (double index : indices.values()) {
      counts.merge(Math.floorMod((long) index, shape[axis]), 1, Integer::sum);
    }
    Growth growth = axis == shape.length - 1 ? Growth.MOVED : Growth.ROWS_KEPT;
    return Recognised.map(
        node.input(0),
        Bound.Kind.EXACT,
        Math.sqrt(Collections.max(counts.values())),
        "entries are picked",
        growth);
  }

  /// With a constant around; null for padding by what is inside.
  @Nullable Recognised padded(GraphNode node) {
    Constant value = graph.constant(node.input(2));
    boolean known = node.input(2).isEmpty() || value != null;
    if (!node.text("mode", "constant").equals("constant") || !known) {
      return null;
    }
    double entry = value == null ? Math.abs(node.real("value", 0)) : value.largest();
    double row = entry * Math.sqrt(graph.width(node.output()));
    return Recognised.moved(node.input(0), Growth.MOVED.shifted(row, entry));
  }

  /// Inputs beside each other, constants among them; null if one of these is not known.
  @Nullable Recognised beside(GraphNode node) {
    List<String> inputs = node.inputs().stream().filter(graph::isDependent).toList();
    int rank = graph.shape(node.output()).length;
    boolean last = Math.floorMod(node.integer("axis", 0), (long) rank) == rank - 1;
    double largest = 0;
    for (String input : node.inputs()) {
      if (!graph.isDependent(input)) {
        Constant constant = graph.constant(input);
        if (constant == null) {
          return null;
        }
        largest = Math.max(largest, constant.largest());
      }
    }
    boolean rows = !last && inputs.size() == node.inputs().size();
    List<Double> once = Collections.nCopies(inputs.size(), 1.0);
    return new Recognised(new Layer.Stack(once, rows, largest), inputs);
  }

  /// One of two, entry by entry, by a condition that does not depend on the image.
  @Nullable Recognised chosen(GraphNode node) {
    List<String> choices = List.of(node.input(1), node.input(2));
    List<String> inputs = choices.stream().filter(graph::isDependent).toList();
    double largest = 0;
    for (String choice : choices) {
      if (!graph.isDependent(choice)) {
        Constant constant = graph.constant(choice);
        if (constant == null) {
          return null;
        }
        largest = constant.largest();
      }
    }
    boolean whole =
        inputs.stream()
            .allMatch(input ->
                SeenGraph.size(graph.shape(input)) == SeenGraph.size(graph.shape(node.output())));
    if (graph.isDependent(node.input(0)) || !whole) {
      return null;
    }
    List<Double> once = Collections.nCopies(inputs.size(), 1.0);
    return new Recognised(new Layer.Stack(once, false, largest), inputs);
  }
}
