package topolip.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Layer;

/// What layer a node is.
final class LayerRules {
  private final SeenGraph graph;
  private final ScalarExpressions scalars;
  private final AttentionPattern attention;
  private final AttentionRules fused;
  private final LayerNormPattern layerNorm;
  private final MatrixRules matrices;
  private final MovingRules moving;
  private final PoolingRules pooling;
  private final NormalisationRules normalisations;
  private final ArithmeticRules arithmetic;

  LayerRules(SeenGraph graph) {
    this.graph = graph;
    this.scalars = new ScalarExpressions(graph);
    this.attention = new AttentionPattern(graph);
    this.fused = new AttentionRules(graph);
    this.layerNorm = new LayerNormPattern(graph);
    this.matrices = new MatrixRules(graph);
    this.moving = new MovingRules(graph);
    this.pooling = new PoolingRules(graph);
    this.normalisations = new NormalisationRules(graph, matrices);
    this.arithmetic = new ArithmeticRules(graph);
  }

  /// The layer of a node one of whose inputs depends on the image.
  Recognised of(GraphNode node) {
    Recognised found = inCascade(node, known(node));
    if (found == null) {
      found = gentle(node, scalars.recognise(node));
    }
    List<String> inputs = node.inputs().stream().filter(graph::isDependent).distinct().toList();
    return found == null
        ? Recognised.unbounded(inputs, "no rule for %s here".formatted(node.operation()))
        : found;
  }

  /// Says of activations whose slopes lie in [0, 1] that they do.
  private static @Nullable Recognised gentle(GraphNode node, @Nullable Recognised found) {
    return isGentle(node)
            && found != null
            && found.inputs().equals(List.of(node.input(0)))
            && found.layer() instanceof Layer.Map map
        ? new Recognised(map.of(new Layer.Form.Gentle()), found.inputs())
        : found;
  }

  private static boolean isGentle(GraphNode node) {
    return switch (node.operation()) {
      case "Relu", "Tanh", "Sigmoid", "Softplus" -> true;
      case "LeakyRelu" -> isShare(node.real("alpha", 0.01));
      case "Elu" -> isShare(node.real("alpha", 1));
      default -> false;
    };
  }

  /// Forgets the weights of layers that no cascade can use, since they would be kept.
  private @Nullable Recognised inCascade(GraphNode node, @Nullable Recognised found) {
    if (found == null
        || !(found.layer() instanceof Layer.Map map)
        || !(map.form() instanceof Layer.Form.Rows)) {
      return found;
    }
    boolean begins = graph.width(node.output()) <= Layer.Form.WIDEST && precedes(node.output());
    boolean goesOn =
        graph.width(found.inputs().getFirst()) <= Layer.Form.WIDEST
            && follows(found.inputs().getFirst());
    return begins || goesOn
        ? found
        : new Recognised(map.of(new Layer.Form.Other()), found.inputs());
  }

  /// Whether an activation is next, with no more than a bias before it.
  private boolean precedes(String tensor) {
    return graph.nodes().stream()
        .filter(node -> node.inputs().contains(tensor))
        .anyMatch(
            node -> isGentle(node) || (node.operation().equals("Add") && precedes(node.output())));
  }

  private boolean follows(String tensor) {
    GraphNode maker = graph.maker(tensor);
    return maker != null && isGentle(maker);
  }

  private static boolean isShare(double slope) {
    return slope >= 0 && slope <= 1;
  }

  private @Nullable Recognised known(GraphNode node) {
    return switch (node.operation()) {
      case "Conv" -> matrices.convolution(node);
      case "Gemm" -> matrices.gemm(node);
      case "MatMul" -> {
        Recognised heads = attention.recognise(node);
        yield heads == null ? matrices.product(node) : heads;
      }
      case "Attention" -> fused.standard(node);
      case "com.microsoft.MultiHeadAttention" -> fused.multiHead(node);
      case "BatchNormalization" -> normalisations.batch(node);
      case "LayerNormalization", "SimplifiedLayerNormalization", "RMSNormalization" ->
          normalisations.layer(node);
      case "InstanceNormalization", "GroupNormalization" -> normalisations.group(node);
      case "Softmax" -> normalisations.softmax(node);
      case "LogSoftmax" -> normalisations.logSoftmax(node);
      case "MaxPool" -> pooling.max(node);
      case "AveragePool" -> pooling.average(node);
      case "GlobalAveragePool" -> pooling.mean(node);
      case "GlobalMaxPool", "ReduceMax", "ReduceMin" -> pooling.selected(node);
      case "ReduceMean", "ReduceSum" -> pooling.reduced(node);
      case "Add", "Sub", "Sum" -> arithmetic.sum(node, scalars);
      case "Mul" -> {
        Recognised norm = layerNorm.recognise(node);
        yield norm == null ? arithmetic.product(node) : norm;
      }
      case "Div" -> {
        Recognised norm = layerNorm.recognise(node);
        yield norm == null ? arithmetic.quotient(node) : norm;
      }
      case "Max", "Min" -> arithmetic.selection(node);
      case "PRelu" -> arithmetic.leaky(node);
      case "Concat" -> moving.beside(node);
      case "Expand", "Tile" -> moving.repeated(node);
      case "Gather" -> moving.gathered(node);
      case "Pad", "com.microsoft.Pad" -> moving.padded(node);
      case "Where" -> moving.chosen(node);
      case "Transpose" -> moving.transposed(node);
      case "Identity",
          "Dropout",
          "Cast",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Slice",
          "Split",
          "DepthToSpace",
          "SpaceToDepth" ->
          moving.moved(node);
      default -> null;
    };
  }
}
