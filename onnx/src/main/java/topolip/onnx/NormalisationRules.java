package topolip.onnx;

import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Growth;

/// Normalisations and softmax.
final class NormalisationRules {
  private static final double EPSILON = 1e-5;

  private final SeenGraph graph;

  NormalisationRules(SeenGraph graph) {
    this.graph = graph;
  }

  /// A channel is multiplied by `γ / √(var + ε)`; null if the statistics are of the batch.
  @Nullable Recognised batch(GraphNode node) {
    Constant scale = graph.constant(node.input(1));
    Constant shift = graph.constant(node.input(2));
    Constant mean = graph.constant(node.input(3));
    Constant variance = graph.constant(node.input(4));
    if (scale == null
        || shift == null
        || mean == null
        || variance == null
        || node.integer("training_mode", 0) != 0) {
      return null;
    }
    double epsilon = node.real("epsilon", EPSILON);
    double gain = 0;
    double largest = 0;
    for (int c = 0; c < scale.values().length; c++) {
      double factor = scale.values()[c] / Math.sqrt(variance.values()[c] + epsilon);
      gain = Math.max(gain, Math.abs(factor));
      largest = Math.max(largest, Math.abs(shift.values()[c] - mean.values()[c] * factor));
    }
    return Recognised.map(
        node.input(0),
        Bound.Kind.EXACT,
        gain,
        "max |γ/√(var+ε)|",
        Growth.elementwise(gain, largest, graph.width(node.output())));
  }

  /// Layer normalisation, with or without the mean: `max |γ| / √ε`, which is reached where the
  /// input is constant. The output is never larger than `√d` before γ and β.
  @Nullable Recognised layer(GraphNode node) {
    Constant scale = graph.constant(node.input(1));
    Constant shift = graph.constant(node.input(2));
    if (scale == null || (shift == null && !node.input(2).isEmpty())) {
      return null;
    }
    long[] shape = graph.shape(node.input(0));
    double size = count(shape, node.integer("axis", -1));
    return normalised(node, scale, shift, size);
  }

  /// The same over channels, or groups of them.
  @Nullable Recognised group(GraphNode node) {
    Constant scale = graph.constant(node.input(1));
    Constant shift = graph.constant(node.input(2));
    return scale == null || shift == null
        ? null
        : normalised(node, scale, shift, count(graph.shape(node.input(0)), 1));
  }

  private Recognised normalised(
      GraphNode node, Constant scale, @Nullable Constant shift, double size) {
    double gain = scale.largest();
    double row = shift == null ? 0 : shift.longestRow(graph.width(node.output()));
    double entry = shift == null ? 0 : shift.largest();
    return Recognised.map(
        node.input(0),
        Bound.Kind.UPPER,
        gain / Math.sqrt(node.real("epsilon", EPSILON)),
        "max |γ|/√ε",
        Growth.bounded(gain * Math.sqrt(size) + row, gain * Math.sqrt(size) + entry));
  }

  /// The largest eigenvalue of `diag(p) − p pᵀ` is at most ½.
  Recognised softmax(GraphNode node) {
    return Recognised.map(
        node.input(0),
        Bound.Kind.UPPER,
        0.5,
        "softmax",
        Growth.bounded(Math.sqrt(graph.width(node.output())), 1));
  }

  /// Its derivative `I − 1 pᵀ` projects along 1, so that its norm is `√n ‖p‖ ≤ √n`.
  Recognised logSoftmax(GraphNode node) {
    double count = count(graph.shape(node.input(0)), node.integer("axis", 1));
    Growth growth =
        new Growth(
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 2, Math.log(count));
    return Recognised.map(
        node.input(0), Bound.Kind.UPPER, Math.sqrt(count), "log-softmax", growth);
  }

  /// The number of values from an axis on, whatever a version of the operator makes of it.
  private static double count(long[] shape, long axis) {
    double count = 1;
    for (int a = Math.toIntExact(axis < 0 ? axis + shape.length : axis); a < shape.length; a++) {
      count *= shape[a];
    }
    return count;
  }
}
