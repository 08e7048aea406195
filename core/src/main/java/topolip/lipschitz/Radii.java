package topolip.lipschitz;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Radii of balls that hold what an attention layer reads.
///
/// @param queries no query is longer
/// @param keys no key is longer
/// @param values no value is longer
public record Radii(double queries, double keys, double values) {

  public Radii {
    if (!(queries >= 0 && keys >= 0 && values >= 0)) {
      throw new IllegalArgumentException(
          "radii must be at least 0: %s, %s, %s".formatted(queries, keys, values));
    }
  }

  /// The radii of all attention layers, by the tensors that they make, that hold at all images in
  /// [0, 1]: proved from the weights. Infinite where nothing is known.
  public static Map<String, Radii> proved(LayerGraph graph) {
    Map<String, ActivationSize> sizes = ActivationSize.of(graph);
    Map<String, Radii> radii = new HashMap<>();
    for (LayerGraph.Node node : graph.nodes()) {
      if (node.layer() instanceof Layer.Attention attention) {
        List<ActivationSize> inputs =
            node.inputs().stream().map(name -> Objects.requireNonNull(sizes.get(name))).toList();
        radii.put(
            node.output(),
            new Radii(
                inputs.get(0).row(),
                Math.sqrt(attention.depth()) * inputs.get(1).entry(),
                inputs.get(2).row()));
      }
    }
    return radii;
  }
}
