package topolip.onnx;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Layer;

/// Attention as one operator: ONNX's `Attention` (operator set 23), and ONNX Runtime's
/// `MultiHeadAttention`; [PackedAttention] has been written out as the latter.
final class AttentionRules {
  private final SeenGraph graph;

  AttentionRules(SeenGraph graph) {
    this.graph = graph;
  }

  /// `Attention(Q, K, V, mask?)`, of rows `(batch, tokens, heads · depth)` or `(batch, heads,
  /// tokens, depth)`; null with a cache, a soft cap, fewer heads of keys, or a mask that depends on
  /// the image.
  @Nullable Recognised standard(GraphNode node) {
    int heads = Math.toIntExact(node.integer("q_num_heads", 1));
    boolean plain =
        node.inputs().size() >= 3
            && graph.isDependent(node.input(0))
            && node.real("softcap", 0) == 0
            && (graph.shape(node.input(0)).length == 4 || heads == node.integer("kv_num_heads", 1));
    return plain && isFixed(node, 3) && isAbsent(node, 4, 5, 6) ? attention(node, heads) : null;
  }

  /// `MultiHeadAttention(query, key, value)`, of rows `(batch, tokens, heads · depth)`; null with
  /// biases, a cache, packed inputs, or a mask that depends on the image.
  @Nullable Recognised multiHead(GraphNode node) {
    boolean plain = isFixed(node, 4) && isFixed(node, 5) && isAbsent(node, 3, 6, 7);
    int heads = Math.toIntExact(node.integer("num_heads", 1));
    return plain
            && !node.input(2).isEmpty()
            && graph.isDependent(node.input(0))
            && graph.shape(node.input(0)).length == 3
        ? attention(node, heads)
        : null;
  }

  private @Nullable Recognised attention(GraphNode node, int rowHeads) {
    List<String> inputs = node.inputs().subList(0, 3);
    if (!inputs.stream().allMatch(graph::isDependent)) {
      return null;
    }
    long[] queries = graph.shape(inputs.getFirst());
    boolean rows = queries.length == 3;
    int heads = rows ? rowHeads : 1;
    for (String input : inputs) {
      long[] shape = graph.shape(input);
      if (shape.length != queries.length
          || !Arrays.equals(shape, 0, shape.length - 2, queries, 0, queries.length - 2)
          || graph.width(input) % heads != 0) {
        return null;
      }
    }
    int depth = graph.width(inputs.getFirst()) / heads;
    Layer.Attention layer =
        new Layer.Attention(
            scale(node, depth), Math.toIntExact(queries[queries.length - 2]), depth, false, heads);
    return new Recognised(layer, inputs);
  }

  /// Left out, it is 1/√depth, which bounds a scale of 0 as well.
  private static double scale(GraphNode node, int depth) {
    double scale = node.real("scale", 0);
    return scale == 0 ? 1 / Math.sqrt(depth) : scale;
  }

  /// Whether an input is left out, or the same for all images.
  private boolean isFixed(GraphNode node, int input) {
    return !graph.isDependent(node.input(input));
  }

  private static boolean isAbsent(GraphNode node, int... inputs) {
    return Arrays.stream(inputs).allMatch(input -> node.input(input).isEmpty());
  }
}
