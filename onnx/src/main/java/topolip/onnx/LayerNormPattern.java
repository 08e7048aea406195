package topolip.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Growth;
import topolip.lipschitz.Layer;

/// Layer normalisation as exporters write it out: `(x − mean) / √(mean((x − mean)²) + ε)`, before γ
/// and β.
final class LayerNormPattern {
  private final SeenGraph graph;

  LayerNormPattern(SeenGraph graph) {
    this.graph = graph;
  }

  /// The normalisation that ends in a quotient, or a product with a reciprocal; null if the node is
  /// another one.
  @Nullable Recognised recognise(GraphNode node) {
    Constant epsilon;
    GraphNode centred;
    if (node.operation().equals("Div")) {
      centred = maker(node.input(0), "Sub");
      epsilon = deviation(maker(node.input(1), "Sqrt"), node.input(0));
    } else {
      centred = maker(node.input(0), "Sub");
      GraphNode reciprocal = maker(node.input(1), "Reciprocal");
      epsilon =
          reciprocal == null ? null : deviation(maker(reciprocal.input(0), "Sqrt"), node.input(0));
    }
    if (centred == null || epsilon == null || !isMean(centred.input(1), centred.input(0))) {
      return null;
    }
    double size =
        SeenGraph.size(graph.shape(centred.input(0)))
            / (double) SeenGraph.size(graph.shape(centred.input(1)));
    Growth growth = Growth.bounded(Math.sqrt(size), Math.sqrt(size));
    boolean rows = size == graph.width(centred.input(0));
    Layer layer =
        rows
            ? new Layer.RowNormalisation(1, epsilon.scalar(), true, growth)
            : new Layer.Map(
                Bound.of(Bound.Kind.UPPER, 1 / Math.sqrt(epsilon.scalar()), "1/√ε"), growth);
    return new Recognised(layer, List.of(centred.input(0)));
  }

  /// ε of `√(mean(c²) + ε)` for the centred tensor c; null if it is anything else.
  private @Nullable Constant deviation(@Nullable GraphNode root, String centred) {
    GraphNode sum = root == null ? null : maker(root.input(0), "Add");
    if (sum == null) {
      return null;
    }
    boolean first = graph.isDependent(sum.input(0));
    GraphNode mean = maker(sum.input(first ? 0 : 1), "ReduceMean");
    Constant epsilon = graph.constant(sum.input(first ? 1 : 0));
    return mean != null && epsilon != null && epsilon.isScalar() && isSquare(mean.input(0), centred)
        ? epsilon
        : null;
  }

  private boolean isSquare(String tensor, String of) {
    GraphNode node = graph.maker(tensor);
    if (node == null) {
      return false;
    }
    Constant exponent = graph.constant(node.input(1));
    boolean power = node.operation().equals("Pow") && exponent != null && exponent.scalar() == 2;
    boolean product = node.operation().equals("Mul") && node.input(1).equals(of);
    return (power || product) && node.input(0).equals(of);
  }

  private boolean isMean(String tensor, String of) {
    GraphNode mean = maker(tensor, "ReduceMean");
    return mean != null && mean.input(0).equals(of);
  }

  private @Nullable GraphNode maker(String tensor, String operation) {
    GraphNode node = graph.maker(tensor);
    return node != null && node.operation().equals(operation) ? node : null;
  }
}
