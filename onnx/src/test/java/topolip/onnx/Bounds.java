package topolip.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import topolip.dataset.Images;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Composition;
import topolip.lipschitz.InputRegion;
import topolip.lipschitz.LayerGraph;
import topolip.model.Tap;

/// Bounds of small graphs on images in [0, 1], which no quotient of distances exceeds at any tap.
final class Bounds {
  private Bounds() {}

  /// At a tensor.
  static double at(LayerGraph graph, String tensor) {
    return Objects.requireNonNull(
            Composition.of(graph, graph.input(), InputRegion.unitImages(graph)).at(tensor))
        .value();
  }

  /// The layers of a file.
  static LayerGraph layers(Path file) throws IOException {
    try (OnnxModel model = OnnxModel.open(file, OnnxModel.Options.plain())) {
      LayerGraph graph = model.layerGraph();
      assertNoQuotientIsAbove(model, graph);
      return graph;
    }
  }

  static void assertNoQuotientIsAbove(OnnxModel model, LayerGraph graph) {
    SplittableRandom random = new SplittableRandom(1);
    int size = model.inputShape().values();
    Composition composition = Composition.of(graph, graph.input(), InputRegion.unitImages(graph));
    for (int trial = 0; trial < 40; trial++) {
      float[] x = new float[2 * size];
      double reach = Math.exp(-random.nextDouble(4));
      for (int p = 0; p < size; p++) {
        x[p] = random.nextFloat();
        double moved = x[p] + reach * random.nextDouble(-1, 1);
        x[size + p] = (float) Math.clamp(moved, 0, 1);
      }
      Images pair = Images.wrap(model.inputShape(), x);
      double distance = distance(x);
      for (Tap tap : model.taps()) {
        float[] values = model.forward(pair, List.of(tap)).activations().getFirst();
        String tensor = tap.index() == 0 ? graph.input() : tap.name();
        @Nullable Bound bound = composition.at(tensor);
        assertThat(distance(values) / distance)
            .as("%s (%s)", tap.name(), tap.kind())
            .isLessThanOrEqualTo(Objects.requireNonNull(bound).value() * (1 + 1e-4) + 1e-4);
      }
    }
  }

  private static double distance(float[] pair) {
    double squares = 0;
    int size = pair.length / 2;
    for (int p = 0; p < size; p++) {
      squares += Math.pow((double) pair[p] - pair[size + p], 2);
    }
    return Math.sqrt(squares);
  }
}
