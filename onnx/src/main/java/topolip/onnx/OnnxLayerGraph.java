package topolip.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Growth;
import topolip.lipschitz.Layer;
import topolip.lipschitz.LayerGraph;
import topolip.model.ImageInput;
import topolip.model.ModelException;

/// The layers of an ONNX model.
final class OnnxLayerGraph {
  /// The images in front of the normalisation, if there is one.
  private static final String PIXELS = "topolip/pixels";

  private OnnxLayerGraph() {}

  /// @throws ModelException if the model cannot be run
  static LayerGraph of(OnnxFile file, ImageInput input, Normalisation normalisation)
      throws ModelException {
    SeenGraph graph = SeenGraph.of(PackedAttention.unpacked(file), input);
    LayerRules rules = new LayerRules(graph);
    List<LayerGraph.Node> nodes = new ArrayList<>();
    int width = graph.width(input.name());
    boolean plain = normalisation.isIdentity();
    if (!plain) {
      nodes.add(normalised(input, normalisation, width));
    }
    Set<String> made = new HashSet<>(Set.of(input.name()));
    for (GraphNode node : graph.nodes()) {
      for (String output : node.outputs()) {
        if (graph.isDependent(output) && graph.hasShape(output)) {
          nodes.add(layer(graph, rules, node, output, made));
          made.add(output);
        }
      }
    }
    return new LayerGraph(plain ? input.name() : PIXELS, width, nodes);
  }

  private static LayerGraph.Node normalised(
      ImageInput input, Normalisation normalisation, int width) {
    double gain = 0;
    double shift = 0;
    for (int c = 0; c < normalisation.std().size(); c++) {
      gain = Math.max(gain, 1 / normalisation.std().get(c));
      shift = Math.max(shift, Math.abs(normalisation.mean().get(c)) / normalisation.std().get(c));
    }
    Layer layer =
        new Layer.Map(
            Bound.of(Bound.Kind.EXACT, gain, "normalisation"),
            Growth.elementwise(gain, shift, width));
    return new LayerGraph.Node(input.name(), "normalisation", layer, List.of(PIXELS), width);
  }

  private static LayerGraph.Node layer(
      SeenGraph graph, LayerRules rules, GraphNode node, String output, Set<String> made) {
    boolean first = output.equals(node.output()) || node.operation().equals("Split");
    @Nullable Recognised found = first ? rules.of(node) : null;
    if (found == null || !made.containsAll(found.inputs())) {
      found =
          Recognised.unbounded(
              node.inputs().stream().filter(made::contains).distinct().toList(),
              "no rule for this output of %s".formatted(node.operation()));
    }
    return new LayerGraph.Node(
        output, node.operation(), found.layer(), found.inputs(), graph.width(output));
  }
}
