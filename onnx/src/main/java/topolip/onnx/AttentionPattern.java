package topolip.onnx;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Layer;

/// Attention as exporters write it out: `MatMul(Softmax(MatMul(q, kᵀ)), v)`, with scales and masks
/// that do not depend on the image on the way.
final class AttentionPattern {
  private final SeenGraph graph;

  AttentionPattern(SeenGraph graph) {
    this.graph = graph;
  }

  /// Attention that ends in a product; null if it is another product.
  @Nullable Recognised recognise(GraphNode product) {
    GraphNode softmax = behind(product.input(0));
    if (softmax == null
        || !softmax.operation().equals("Softmax")
        || !overLastAxis(softmax)
        || !graph.isDependent(product.input(1))) {
      return null;
    }
    double scale = 1;
    String scores = softmax.input(0);
    while (true) {
      GraphNode node = graph.maker(scores);
      if (node == null) {
        return null;
      }
      switch (node.operation()) {
        case "MatMul" -> {
          return attention(product, node, scale);
        }
        case "Identity", "Dropout", "Cast" -> scores = node.input(0);
        case "Add" -> {
          String masked = otherThanConstant(node);
          if (masked == null) {
            return null;
          }
          scores = masked;
        }
        case "Mul", "Div" -> {
          Constant factor = factor(node);
          if (factor == null) {
            return null;
          }
          scale =
              node.operation().equals("Mul") ? scale * factor.scalar() : scale / factor.scalar();
          scores = graph.isDependent(node.input(0)) ? node.input(0) : node.input(1);
        }
        default -> {
          return null;
        }
      }
    }
  }

  private @Nullable Recognised attention(GraphNode product, GraphNode scores, double scale) {
    String queries = scores.input(0);
    String keys = scores.input(1);
    if (!graph.isDependent(queries) || !graph.isDependent(keys)) {
      return null;
    }
    long[] shape = graph.shape(queries);
    // The bound is of heads with keys and values of their own: shared ones count more than once.
    if (!sameHeads(shape, graph.shape(keys))
        || !sameHeads(shape, graph.shape(product.input(1)))
        || !sameHeads(shape, graph.shape(product.input(0)))
        || rows(graph.shape(product.input(0))) != rows(shape)) {
      return null;
    }
    Layer.Attention layer =
        new Layer.Attention(
            scale, Math.toIntExact(shape[shape.length - 2]), graph.width(queries), true, 1);
    return new Recognised(layer, List.of(queries, keys, product.input(1)));
  }

  /// Whether all axes but the last two are the same.
  private static boolean sameHeads(long[] a, long[] b) {
    return a.length == b.length && Arrays.equals(a, 0, a.length - 2, b, 0, b.length - 2);
  }

  private static long rows(long[] shape) {
    return shape[shape.length - 2];
  }

  /// The node that makes a tensor, past those that change nothing.
  private @Nullable GraphNode behind(String tensor) {
    GraphNode node = graph.maker(tensor);
    while (node != null && List.of("Identity", "Dropout", "Cast").contains(node.operation())) {
      node = graph.maker(node.input(0));
    }
    return node;
  }

  private boolean overLastAxis(GraphNode softmax) {
    long[] shape = graph.shape(softmax.output());
    long axis = softmax.integer("axis", -1);
    return axis == -1 || axis == shape.length - 1;
  }

  private @Nullable String otherThanConstant(GraphNode node) {
    if (graph.constant(node.input(1)) != null) {
      return node.input(0);
    }
    return graph.constant(node.input(0)) != null ? node.input(1) : null;
  }

  /// The one number by which a tensor is multiplied or divided; null for anything else.
  private @Nullable Constant factor(GraphNode node) {
    Constant right = graph.constant(node.input(1));
    Constant left = node.operation().equals("Mul") ? graph.constant(node.input(0)) : null;
    Constant factor = right == null ? left : right;
    return factor != null && factor.isScalar() ? factor : null;
  }
}
