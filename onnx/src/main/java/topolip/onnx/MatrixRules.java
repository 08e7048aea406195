package topolip.onnx;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Convolution;
import topolip.lipschitz.ConvolutionAxis;
import topolip.lipschitz.LinearLayers;

/// Convolutions and products with weights.
final class MatrixRules {
  private final SeenGraph graph;

  MatrixRules(SeenGraph graph) {
    this.graph = graph;
  }

  /// One or two axes of space; null if the kernel depends on the image, or there are more.
  @Nullable Recognised convolution(GraphNode node) {
    return convolution(node, channels -> new ChannelMap(ones(channels), new double[channels]));
  }

  /// What follows a convolution, channel by channel: `x ↦ gain · x + shift`.
  static final class ChannelMap {
    private final double[] gains;
    private final double[] shifts;

    ChannelMap(double[] gains, double[] shifts) {
      this.gains = gains;
      this.shifts = shifts;
    }
  }

  /// A convolution and a map of its channels, as one convolution: its norm is not more than the
  /// product of both, and mostly much less.
  @Nullable Recognised convolution(GraphNode node, IntFunction<ChannelMap> after) {
    Constant kernel = graph.constant(node.input(1));
    Constant bias = graph.constant(node.input(2));
    long[] in = graph.shape(node.input(0));
    int space = in.length - 2;
    boolean biased = node.input(2).isEmpty() || bias != null;
    if (kernel == null || !biased || space < 1 || space > 2) {
      return null;
    }
    long[] sides = kernel.shape();
    int out = Math.toIntExact(sides[0]);
    ChannelMap map = after.apply(out);
    double[] shifts = map.shifts.clone();
    for (int c = 0; c < out; c++) {
      shifts[c] += bias == null ? 0 : map.gains[c] * bias.values()[c];
    }
    ConvolutionAxis horizontal = axis(node, sides, space - 1, space);
    ConvolutionAxis vertical =
        space == 2 ? axis(node, sides, 0, space) : new ConvolutionAxis(1, 1, 1, 1, 0, 0);
    Convolution convolution =
        Convolution.of(
            scaled(kernel.values(), map.gains),
            out,
            Math.toIntExact(in[1]),
            Math.toIntExact(node.integer("group", 1)),
            vertical,
            horizontal);
    return Recognised.map(node.input(0), LinearLayers.of(convolution, shifts));
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] scaled(double[] kernel, double[] gains) {
    double[] scaled = kernel.clone();
    int each = kernel.length / gains.length;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= gains[i / each];
    }
    return scaled;
  }

  private ConvolutionAxis axis(GraphNode node, long[] kernel, int axis, int space) {
    return Windows.axis(
        node,
        axis,
        space,
        Math.toIntExact(kernel[2 + axis]),
        Math.toIntExact(graph.shape(node.input(0))[2 + axis]),
        Math.toIntExact(graph.shape(node.output())[2 + axis]));
  }

  /// `α A B + β C` with weights B; null for anything else.
  @Nullable Recognised gemm(GraphNode node) {
    Constant weights = graph.constant(node.input(1));
    Constant bias = graph.constant(node.input(2));
    boolean biased = node.input(2).isEmpty() || bias != null;
    if (weights == null
        || weights.rank() != 2
        || !biased
        || node.integer("transA", 0) != 0
        || !graph.isDependent(node.input(0))) {
      return null;
    }
    boolean transposed = node.integer("transB", 0) != 0;
    double alpha = node.real("alpha", 1);
    double beta = node.real("beta", 1);
    double[] shift = bias == null ? new double[0] : bias.values().clone();
    for (int i = 0; i < shift.length; i++) {
      shift[i] *= beta;
    }
    return Recognised.map(
        node.input(0), LinearLayers.ofRows(() -> matrix(weights, !transposed, alpha), shift));
  }

  /// A product with one matrix of weights on either side; null for other weights.
  @Nullable Recognised product(GraphNode node) {
    Constant left = graph.constant(node.input(0));
    Constant right = graph.constant(node.input(1));
    if (right != null && isMatrix(right)) {
      return Recognised.map(
          node.input(0), LinearLayers.ofRows(() -> matrix(right, true, 1), new double[0]));
    }
    if (left != null && isMatrix(left)) {
      return Recognised.map(node.input(1), LinearLayers.ofColumns(matrix(left, false, 1)));
    }
    return right == null && left == null
        ? Recognised.unbounded(
            node.inputs().stream().distinct().toList(),
            "the product of two activations has no finite constant")
        : null;
  }

  /// A single one, whatever the axes in front of it.
  private static boolean isMatrix(Constant constant) {
    long[] shape = constant.shape();
    return shape.length >= 2
        && constant.values().length == shape[shape.length - 1] * shape[shape.length - 2];
  }

  private static DMatrixRMaj matrix(Constant weights, boolean transposed, double factor) {
    long[] shape = weights.shape();
    int rows = Math.toIntExact(shape[shape.length - 2]);
    int columns = Math.toIntExact(shape[shape.length - 1]);
    DMatrixRMaj matrix =
        transposed ? new DMatrixRMaj(columns, rows) : new DMatrixRMaj(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double value = factor * weights.values()[r * columns + c];
        matrix.set(transposed ? c : r, transposed ? r : c, value);
      }
    }
    return matrix;
  }
}
