package topolip.onnx;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Growth;
import topolip.lipschitz.Layer;

/// Normalisations and softmax.
final class NormalisationRules {
  private static final double EPSILON = 1e-5;

  private final SeenGraph graph;
  private final MatrixRules matrices;

  NormalisationRules(SeenGraph graph, MatrixRules matrices) {
    this.graph = graph;
    this.matrices = matrices;
  }

  /// A channel is multiplied by `γ / √(var + ε)`, behind a convolution as part of it; null if the
  /// statistics are of the batch.
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
    double[] gains = new double[scale.values().length];
    double[] shifts = new double[gains.length];
    for (int c = 0; c < gains.length; c++) {
      gains[c] = scale.values()[c] / Math.sqrt(variance.values()[c] + epsilon);
      shifts[c] = shift.values()[c] - mean.values()[c] * gains[c];
    }
    GraphNode before = graph.maker(node.input(0));
    Recognised folded =
        before != null && before.operation().equals("Conv")
            ? matrices.convolution(before, _ -> new MatrixRules.ChannelMap(gains, shifts))
            : null;
    return folded == null ? alone(node, gains, shifts) : folded;
  }

  private Recognised alone(GraphNode node, double[] gains, double[] shifts) {
    double gain = Arrays.stream(gains).map(Math::abs).max().orElse(0);
    double shift = Arrays.stream(shifts).map(Math::abs).max().orElse(0);
    return Recognised.map(
        node.input(0),
        Bound.Kind.EXACT,
        gain,
        "max |γ/√(var+ε)|",
        Growth.elementwise(gain, shift, graph.width(node.output())));
  }

  /// Layer normalisation, with or without the mean. The output is never larger than `√d` before γ
  /// and β.
  @Nullable Recognised layer(GraphNode node) {
    Constant scale = graph.constant(node.input(1));
    Constant shift = graph.constant(node.input(2));
    if (scale == null || (shift == null && !node.input(2).isEmpty())) {
      return null;
    }
    long[] shape = graph.shape(node.input(0));
    long axis = node.integer("axis", -1);
    Growth growth = growth(node, scale, shift, count(shape, axis));
    double epsilon = node.real("epsilon", EPSILON);
    boolean rows = axis == -1 || axis == shape.length - 1;
    return rows
        ? new Recognised(
            new Layer.RowNormalisation(
                scale.largest(), epsilon, node.operation().equals("LayerNormalization"), growth),
            List.of(node.input(0)))
        : Recognised.map(
            node.input(0),
            Bound.Kind.UPPER,
            scale.largest() / Math.sqrt(epsilon),
            "max |γ|/√ε",
            growth);
  }

  /// The same over channels, or groups of them.
  @Nullable Recognised group(GraphNode node) {
    Constant scale = graph.constant(node.input(1));
    Constant shift = graph.constant(node.input(2));
    return scale == null || shift == null
        ? null
        : Recognised.map(
            node.input(0),
            Bound.Kind.UPPER,
            scale.largest() / Math.sqrt(node.real("epsilon", EPSILON)),
            "max |γ|/√ε",
            growth(node, scale, shift, count(graph.shape(node.input(0)), 1)));
  }

  private Growth growth(GraphNode node, Constant scale, @Nullable Constant shift, double size) {
    double largest = scale.largest() * Math.sqrt(size);
    return shift == null
        ? Growth.bounded(largest, largest)
        : Growth.bounded(
            largest + shift.longestRow(graph.width(node.output())), largest + shift.largest());
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
        new Growth(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 2, Math.log(count));
    return Recognised.map(node.input(0), Bound.Kind.UPPER, Math.sqrt(count), "log-softmax", growth);
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
