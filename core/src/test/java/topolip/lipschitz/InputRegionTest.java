package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import topolip.dataset.Images;

class InputRegionTest {
  private static final int WIDTH = 4;
  private static final Layer SAME =
      new Layer.Map(Bound.of(Bound.Kind.EXACT, 1, "the same"), Growth.ROWS_KEPT);

  /// A network, with layers beside its second that read what has a tap and what has none.
  private static LayerGraph graph(DenseNetwork network) {
    Layer attention = new Layer.Attention(1, 1, WIDTH, false, 1);
    Layer norm = new Layer.RowNormalisation(1, 0.1, true, Growth.bounded(2, 2));
    List<LayerGraph.Node> nodes = new ArrayList<>(network.graph().nodes());
    nodes.add(new LayerGraph.Node("hidden", "Identity", SAME, List.of("layer0"), WIDTH));
    nodes.add(
        new LayerGraph.Node(
            "seen", "Attention", attention, List.of("layer0", "layer0", "layer0"), WIDTH));
    nodes.add(
        new LayerGraph.Node(
            "unseen", "Attention", attention, List.of("layer0", "hidden", "hidden"), WIDTH));
    nodes.add(new LayerGraph.Node("flat", "Norm", norm, List.of("hidden"), WIDTH));
    nodes.add(new LayerGraph.Node("sharp", "Norm", norm, List.of("layer0"), WIDTH));
    return new LayerGraph("input", 3, nodes);
  }

  @Test
  void layersThatReadWhatHasNoTapKeepTheRegionOfAllImages() {
    DenseNetwork network = DenseNetwork.random(1, 3, WIDTH, 2);
    Images images = DenseNetwork.images(network.inputShape(), 5, 1);
    LayerGraph graph = graph(network);
    InputRegion everywhere = InputRegion.unitImages(graph);
    InputRegion sample = everywhere.measured(graph, network, images);

    assertThat(InputRegion.untapped(graph, network)).containsExactly("unseen", "flat");
    assertThat(sample.radii().get("unseen")).isEqualTo(everywhere.radii().get("unseen"));
    assertThat(sample.radii().get("seen")).isNotEqualTo(everywhere.radii().get("seen"));
    assertThat(sample.deviations()).containsOnlyKeys("sharp");
  }

  @Test
  void theWayToATensorLeavesOutWhatItIsNotComputedFrom() {
    LayerGraph graph = graph(DenseNetwork.random(1, 3, WIDTH, 2));
    assertThat(graph.way("flat"))
        .containsExactlyInAnyOrder("input", "product0", "layer0", "hidden", "flat");
    assertThat(graph.way("input")).containsExactly("input");
  }
}
