package topolip.onnx;

import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Bound;
import topolip.lipschitz.ConvolutionAxis;
import topolip.lipschitz.Growth;

/// Pools, and reductions of axes.
final class PoolingRules {
  private final SeenGraph graph;

  PoolingRules(SeenGraph graph) {
    this.graph = graph;
  }

  /// Each value stands in at most so many windows, the root of which bounds the constant.
  Recognised max(GraphNode node) {
    double overlap = 1;
    for (int axis = 0; axis < space(node); axis++) {
      overlap *= columnSum(axis(node, axis), _ -> 1);
    }
    return Recognised.map(
        node.input(0), Bound.Kind.UPPER, Math.sqrt(overlap), "largest of a window", Growth.MOVED);
  }

  /// By Schur's test, axis by axis: rows of means sum to at most 1, columns to what is counted.
  @Nullable Recognised average(GraphNode node) {
    boolean padded = node.integer("count_include_pad", 0) != 0 && node.integer("ceil_mode", 0) == 0;
    double squared = 1;
    for (int a = 0; a < space(node); a++) {
      ConvolutionAxis axis = axis(node, a);
      squared *= columnSum(axis, count -> 1.0 / (padded ? axis.kernel() : count));
    }
    return Recognised.map(
        node.input(0), Bound.Kind.UPPER, Math.sqrt(squared), "means of windows", Growth.MOVED);
  }

  private interface Weight {
    double of(int count);
  }

  /// The largest sum of weights of the windows that one place stands in; the weight of a window
  /// depends on how many places it has.
  private static double columnSum(ConvolutionAxis axis, Weight weight) {
    double[] sums = new double[axis.input()];
    double largest = 0;
    for (int o = 0; o < axis.output(); o++) {
      int count = 0;
      for (int pass = 0; pass < 2; pass++) {
        for (int tap = 0; tap < axis.kernel(); tap++) {
          int place = o * axis.stride() + tap * axis.dilation() - axis.before();
          if (place >= 0 && place < axis.input()) {
            if (pass == 0) {
              count++;
            } else {
              sums[place] += weight.of(count);
              largest = Math.max(largest, sums[place]);
            }
          }
        }
      }
    }
    return largest;
  }

  private int space(GraphNode node) {
    return graph.shape(node.input(0)).length - 2;
  }

  private ConvolutionAxis axis(GraphNode node, int axis) {
    return Windows.axis(
        node,
        axis,
        space(node),
        Math.toIntExact(node.integers("kernel_shape")[axis]),
        Math.toIntExact(graph.shape(node.input(0))[2 + axis]),
        Math.toIntExact(graph.shape(node.output())[2 + axis]));
  }

  /// The mean over all of space.
  Recognised mean(GraphNode node) {
    return reduced(node, true);
  }

  /// The mean or sum over axes.
  Recognised reduced(GraphNode node) {
    return reduced(node, node.operation().equals("ReduceMean"));
  }

  private Recognised reduced(GraphNode node, boolean mean) {
    double count =
        SeenGraph.size(graph.shape(node.input(0)))
            / (double) SeenGraph.size(graph.shape(node.output()));
    double entry = mean ? 1 : count;
    return Recognised.map(
        node.input(0),
        Bound.Kind.EXACT,
        mean ? 1 / Math.sqrt(count) : Math.sqrt(count),
        mean ? "mean" : "sum",
        new Growth(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, entry, 0));
  }

  /// The largest or least over axes.
  Recognised selected(GraphNode node) {
    return Recognised.map(node.input(0), Bound.Kind.EXACT, 1, "largest of an axis", Growth.MOVED);
  }
}
