package topolip.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Growth;
import topolip.lipschitz.Layer;

/// Sums, products and quotients, with constants or between activations.
final class ArithmeticRules {
  private final SeenGraph graph;

  ArithmeticRules(SeenGraph graph) {
    this.graph = graph;
  }

  /// A sum or difference. Two functions of one activation are one function, if it has a constant.
  @Nullable Recognised sum(GraphNode node, ScalarExpressions scalars) {
    List<String> inputs = dependent(node);
    if (inputs.size() == node.inputs().size()) {
      Recognised one = scalars.recognise(node);
      return one != null && one.layer() instanceof Layer.Map
          ? one
          : new Recognised(new Layer.Sum(gains(node, inputs)), inputs);
    }
    Constant constant = inputs.size() == 1 && node.inputs().size() == 2 ? constant(node) : null;
    if (constant == null) {
      return null;
    }
    Growth growth =
        kept(node, inputs.getFirst())
            .shifted(constant.longestRow(graph.width(node.output())), constant.largest());
    double gain = gain(node, inputs.getFirst());
    Layer.Map layer =
        new Layer.Map(Bound.of(Bound.Kind.EXACT, gain, "a constant is added"), growth);
    return Recognised.map(
        inputs.getFirst(), gain == 1 ? layer.of(new Layer.Form.Translation()) : layer);
  }

  /// With a constant: its largest entry. Null between activations.
  @Nullable Recognised product(GraphNode node) {
    Constant constant = constant(node);
    return constant == null ? null : scaled(node, dependent(node).getFirst(), constant.largest());
  }

  /// By a constant: one over its least entry. Null otherwise.
  @Nullable Recognised quotient(GraphNode node) {
    Constant constant = graph.constant(node.input(1));
    return constant == null ? null : scaled(node, node.input(0), 1 / constant.least());
  }

  private Recognised scaled(GraphNode node, String input, double factor) {
    Growth kept = kept(node, input);
    Growth growth = new Growth(factor * kept.rowGain(), factor * kept.rowEntryGain(), 0, factor, 0);
    Bound.Kind kind = gain(node, input) == 1 ? Bound.Kind.EXACT : Bound.Kind.UPPER;
    return Recognised.map(input, kind, factor * gain(node, input), "a constant factor", growth);
  }

  /// The largest or least of several, entry by entry.
  @Nullable Recognised selection(GraphNode node) {
    List<String> inputs = dependent(node);
    double constants = 0;
    for (String input : node.inputs()) {
      if (!graph.isDependent(input)) {
        Constant constant = graph.constant(input);
        if (constant == null) {
          return null;
        }
        constants = Math.max(constants, constant.largest());
      }
    }
    return new Recognised(new Layer.Stack(gains(node, inputs), false, constants), inputs);
  }

  /// Another slope below 0, a channel.
  @Nullable Recognised leaky(GraphNode node) {
    Constant slope = graph.constant(node.input(1));
    if (slope == null) {
      return null;
    }
    double constant = Math.max(1, slope.largest());
    return Recognised.map(
        node.input(0),
        Bound.Kind.UPPER,
        constant,
        "slopes",
        Growth.elementwise(constant, 0, graph.width(node.output())));
  }

  private @Nullable Constant constant(GraphNode node) {
    Constant first = graph.constant(node.input(0));
    return first == null ? graph.constant(node.input(1)) : first;
  }

  private List<String> dependent(GraphNode node) {
    return node.inputs().stream().filter(graph::isDependent).toList();
  }

  private List<Double> gains(GraphNode node, List<String> inputs) {
    return inputs.stream().map(input -> gain(node, input)).toList();
  }

  /// The root of how often an input is repeated.
  private double gain(GraphNode node, String input) {
    double repeats =
        SeenGraph.size(graph.shape(node.output())) / (double) SeenGraph.size(graph.shape(input));
    return Math.sqrt(repeats);
  }

  private Growth kept(GraphNode node, String input) {
    return gain(node, input) == 1 ? Growth.ROWS_KEPT : Growth.MOVED;
  }
}
