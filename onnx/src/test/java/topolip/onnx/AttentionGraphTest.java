package topolip.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.Images;
import topolip.lipschitz.InputRegion;
import topolip.lipschitz.Layer;
import topolip.lipschitz.LayerGraph;

/// Attention written out and as one operator.
class AttentionGraphTest {
  @TempDir Path folder;

  /// Tokens, layer normalisation written out and fused, and two heads of attention.
  private static Graphs attention(boolean normalised) {
    Graphs graphs = Graphs.taking(0, 1, 4, 6);
    graphs.longs("tokens", 0, 4, 6).node("Reshape", "x", "images", "tokens");
    if (normalised) {
      graphs
          .node(Graphs.with(Graphs.proto("ReduceMean", "mean", "x"), Graphs.ints("axes", -1)))
          .weight("two", 2, 1)
          .weight("eps", 1e-3f, 1)
          .node("Sub", "centred", "x", "mean")
          .node("Pow", "squares", "centred", "two")
          .node(
              Graphs.with(
                  Graphs.proto("ReduceMean", "variance", "squares"), Graphs.ints("axes", -1)))
          .node("Add", "positive", "variance", "eps")
          .node("Sqrt", "deviation", "positive")
          .node("Div", "y", "centred", "deviation");
    } else {
      graphs.node("Identity", "y", "x");
    }
    graphs.longs("heads", 0, 4, 2, 3);
    for (String part : List.of("q", "k", "v")) {
      graphs.random(part + ".w", 0.7, 6, 6);
      graphs
          .node("MatMul", part + "1", "y", part + ".w")
          .node("Reshape", part + "2", part + "1", "heads")
          .node(
              Graphs.with(
                  Graphs.proto("Transpose", part + "3", part + "2"),
                  part.equals("k")
                      ? Graphs.ints("perm", 0, 2, 3, 1)
                      : Graphs.ints("perm", 0, 2, 1, 3)));
    }
    return graphs
        .weight("scale", 0.577f, 1)
        .node("MatMul", "scores", "q3", "k3")
        .node("Mul", "scaled", "scores", "scale")
        .node(Graphs.with(Graphs.proto("Softmax", "shares", "scaled"), Graphs.integer("axis", -1)))
        .node("MatMul", "mixed", "shares", "v3")
        .node(
            Graphs.with(
                Graphs.proto("Transpose", "ordered", "mixed"), Graphs.ints("perm", 0, 2, 1, 3)))
        .longs("whole", 0, 4, 6)
        .node("Reshape", "out", "ordered", "whole")
        .node("Add", "residual", "out", "x")
        .head("residual", 24, 3);
  }

  @Test
  void attentionIsRecognisedWithItsRadii() throws IOException {
    for (boolean normalised : List.of(true, false)) {
      LayerGraph graph =
          Bounds.layers(attention(normalised).write(folder.resolve("net.onnx"), "logits"));
      LayerGraph.Node mixed =
          graph.nodes().stream()
              .filter(node -> node.output().equals("mixed"))
              .findFirst()
              .orElseThrow();
      assertThat(mixed.layer()).isInstanceOf(Layer.Attention.class);
      assertThat(((Layer.Attention) mixed.layer()).scale()).isCloseTo(0.577, within(1e-6));
      assertThat(((Layer.Attention) mixed.layer()).queries()).isEqualTo(4);
      assertThat(mixed.inputs()).containsExactly("q3", "k3", "v3");
      assertThat(Bounds.at(graph, "logits")).isFinite();
      boolean rows =
          graph.nodes().stream().anyMatch(n -> n.layer() instanceof Layer.RowNormalisation);
      assertThat(rows).isEqualTo(normalised);
    }
  }

  /// The same network with its attention as one operator on rows in which heads stand side by side.
  private static Graphs fused(NodeProto attention) {
    Graphs graphs = Graphs.taking(0, 1, 4, 6);
    graphs.longs("tokens", 0, 4, 6).node("Reshape", "x", "images", "tokens");
    for (String part : List.of("q", "k", "v")) {
      graphs.random(part + ".w", 0.7, 6, 6);
      graphs.node("MatMul", part, "x", part + ".w");
    }
    return graphs.node(attention).node("Add", "residual", "out", "x").head("residual", 24, 3);
  }

  private void assertFusedIsTheSame(NodeProto attention) throws IOException {
    Path written = attention(false).write(folder.resolve("written.onnx"), 18, "logits");
    Path one = fused(attention).write(folder.resolve("fused.onnx"), 23, "logits");
    try (OnnxModel first = OnnxModel.open(written, OnnxModel.Options.plain());
        OnnxModel second = OnnxModel.open(one, OnnxModel.Options.plain())) {
      Images images = Images.wrap(first.inputShape(), Graphs.uniform(24 * 5));
      assertThat(second.forward(images, List.of()).logits())
          .containsExactly(first.forward(images, List.of()).logits(), within(1e-5f));
      Bounds.assertNoQuotientIsAbove(second, second.layerGraph());
      double heads = Bounds.at(first.layerGraph(), "logits");
      // Radii are of whole rows here, of heads there.
      assertThat(Bounds.at(second.layerGraph(), "logits")).isBetween(heads, 3 * heads);
      InputRegion sample =
          InputRegion.unitImages(second.layerGraph()).measured(second.layerGraph(), second, images);
      assertThat(Objects.requireNonNull(sample.radii().get("out")).keys()).isPositive().isFinite();
    }
  }

  @Test
  void attentionAsOneOperatorIsRecognised() throws IOException {
    assertFusedIsTheSame(
        Graphs.with(
            Graphs.proto("Attention", "out", "q", "k", "v"),
            Graphs.integer("q_num_heads", 2),
            Graphs.integer("kv_num_heads", 2)));
  }

  @Test
  void attentionOfOnnxRuntimeIsRecognised() throws IOException {
    assertFusedIsTheSame(
        Graphs.with(
            Graphs.runtime(Graphs.proto("MultiHeadAttention", "out", "q", "k", "v")),
            Graphs.integer("num_heads", 2)));
  }

  @Test
  void radiiOfTheSampleAreBelowTheProvedOnes() throws IOException {
    Path file = attention(true).write(folder.resolve("net.onnx"), "logits");
    try (OnnxModel model = OnnxModel.open(file, OnnxModel.Options.plain())) {
      LayerGraph graph = model.layerGraph();
      InputRegion everywhere = InputRegion.unitImages(graph);
      InputRegion sample =
          everywhere.measured(
              graph, model, Images.wrap(model.inputShape(), Graphs.uniform(24 * 5)));
      var proved = Objects.requireNonNull(everywhere.radii().get("mixed"));
      var seen = Objects.requireNonNull(sample.radii().get("mixed"));
      assertThat(seen.queries()).isPositive().isLessThanOrEqualTo(proved.queries());
      assertThat(seen.keys()).isPositive().isLessThanOrEqualTo(proved.keys());
      assertThat(seen.values()).isPositive().isLessThanOrEqualTo(proved.values());
      assertThat(Objects.requireNonNull(sample.deviations().get("y"))).isBetween(0.05, 0.5);
    }
  }
}
