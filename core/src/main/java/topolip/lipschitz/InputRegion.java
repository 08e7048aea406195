package topolip.lipschitz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import topolip.dataset.Images;
import topolip.model.Model;
import topolip.model.Tap;

/// Where bounds hold that depend on where: what is known of the inputs of attention layers and
/// layer normalisations there.
///
/// @param radii of what attention layers read, by the tensors that they make
/// @param deviations the least standard deviation (or root mean square) of a row that layer
///   normalisations read, by the tensors that they make; 0 where nothing is known
public record InputRegion(Map<String, Radii> radii, Map<String, Double> deviations) {

  public InputRegion {
    radii = Map.copyOf(radii);
    deviations = Map.copyOf(deviations);
  }

  /// All images in [0, 1]: radii are proved from the weights, and are infinite where nothing is
  /// known; nothing is known of deviations.
  public static InputRegion unitImages(LayerGraph graph) {
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
    return new InputRegion(radii, Map.of());
  }

  /// The images whose activations are no larger, and in layer normalisations no flatter, than those
  /// of the given ones: measured, so that a bound on this region says nothing of other images.
  ///
  /// Layers that read what the model has no tap for stay as in this region: [#untapped].
  ///
  /// @param model the network of the graph
  public InputRegion measured(LayerGraph graph, Model model, Images images) {
    Map<String, Radii> seenRadii = new HashMap<>(radii);
    Map<String, Double> seenDeviations = new HashMap<>(deviations);
    for (LayerGraph.Node node : graph.nodes()) {
      switch (node.layer()) {
        case Layer.Attention attention -> {
          List<Measured> read = read(node, model, images);
          if (read != null) {
            seenRadii.put(
                node.output(),
                new Radii(
                    read.get(0).longestRow(),
                    attention.transposed() ? read.get(1).longestColumn() : read.get(1).longestRow(),
                    read.get(2).longestRow()));
          }
        }
        case Layer.RowNormalisation layer -> {
          List<Measured> read = read(node, model, images);
          if (read != null) {
            seenDeviations.put(node.output(), read.getFirst().leastDeviation(layer.centred()));
          }
        }
        case Layer.Map _, Layer.Sum _, Layer.Stack _, Layer.Unbounded _ -> {}
      }
    }
    return new InputRegion(seenRadii, seenDeviations);
  }

  /// The layers whose radii and deviations [#measured] leaves as they are, since they read what the
  /// model has no tap for: the tensors that they make, in the order of the graph.
  static List<String> untapped(LayerGraph graph, Model model) {
    return graph.nodes().stream()
        .filter(node ->
            node.layer() instanceof Layer.Attention
                || node.layer() instanceof Layer.RowNormalisation)
        .filter(node -> taps(node, model).size() != node.inputs().size())
        .map(LayerGraph.Node::output)
        .toList();
  }

  /// Those of what a layer reads, as far as there are any.
  private static List<Tap> taps(LayerGraph.Node node, Model model) {
    return node.inputs().stream()
        .flatMap(input -> model.taps().stream().filter(tap -> tap.name().equals(input)))
        .toList();
  }

  /// What a layer reads; null unless all of it can be tapped.
  private static @Nullable List<Measured> read(LayerGraph.Node node, Model model, Images images) {
    List<Tap> taps = taps(node, model);
    if (taps.size() != node.inputs().size()) {
      return null;
    }
    List<float[]> values = model.forward(images, taps).activations();
    List<Measured> measured = new ArrayList<>();
    for (int t = 0; t < taps.size(); t++) {
      measured.add(new Measured(values.get(t), taps.get(t).shape()));
    }
    return measured;
  }
}
