package topolip.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.Images;
import topolip.lipschitz.Layer;
import topolip.lipschitz.LayerGraph;

/// Projections and heads of attention as one operator of ONNX Runtime.
class PackedAttentionTest {
  @TempDir Path folder;

  /// Queries, keys and values of one weight, with a bias; causal or not.
  private static Graphs packed(NodeProto attention) {
    Graphs graphs = Graphs.taking(0, 1, 4, 6);
    graphs.longs("tokens", 0, 4, 6).node("Reshape", "x", "images", "tokens");
    graphs.random("w", 0.7, 6, 18);
    graphs.random("b", 0.7, 18);
    return graphs
        .node(Graphs.runtime(attention))
        .node("Add", "residual", "out", "x")
        .head("residual", 24, 3);
  }

  @Test
  void packedAttentionIsItsProjectionsAndHeads() throws IOException {
    for (long causal : new long[] {0, 1}) {
      NodeProto node = Graphs.proto("Attention", "out", "x", "w", "b");
      node =
          Graphs.with(
              node, Graphs.integer("num_heads", 2), Graphs.integer("unidirectional", causal));
      Path path = packed(node).write(folder.resolve("packed" + causal + ".onnx"), "logits");
      OnnxFile file = OnnxFile.read(path);
      Path written = folder.resolve("written" + causal + ".onnx");
      Files.write(written, PackedAttention.unpacked(file).proto().toByteArray());
      try (OnnxModel one = OnnxModel.open(path, OnnxModel.Options.plain());
          OnnxModel other = OnnxModel.open(written, OnnxModel.Options.plain())) {
        Images images = Images.wrap(one.inputShape(), Graphs.uniform(24 * 5));
        assertThat(other.forward(images, List.of()).logits())
            .containsExactly(one.forward(images, List.of()).logits(), within(1e-5f));
        LayerGraph graph = one.layerGraph();
        assertThat(Bounds.at(graph, "logits"))
            .isFinite()
            .isCloseTo(Bounds.at(other.layerGraph(), "logits"), within(1e-9));
        Bounds.assertNoQuotientIsAbove(one, graph);
      }
    }
  }

  @Test
  void packedAttentionWithAMaskStaysUnbounded() throws IOException {
    Graphs graphs =
        packed(
            Graphs.with(
                Graphs.proto("Attention", "out", "x", "w", "b", "", "", "scores"),
                Graphs.integer("num_heads", 2)));
    graphs.random("scores", 1, 1, 2, 4, 4);
    LayerGraph graph = Bounds.layers(graphs.write(folder.resolve("masked.onnx"), "logits"));
    assertThat(graph.nodes())
        .filteredOn(layer -> layer.output().equals("out"))
        .singleElement()
        .satisfies(layer ->
            assertThat(layer.layer())
                .isEqualTo(new Layer.Unbounded("no rule for com.microsoft.Attention here")));
  }

  /// Its parts would need operators that are not there, or its widths are not known.
  @Test
  void packedAttentionThatCannotBeWrittenOutStaysUnbounded() throws IOException {
    NodeProto node =
        Graphs.with(
            Graphs.proto("Attention", "out", "x", "w", "b"), Graphs.integer("num_heads", 2));
    Path old = packed(node).write(folder.resolve("old.onnx"), 9, "logits");
    NodeProto bare =
        Graphs.with(
            Graphs.proto("Attention", "out", "x", "same", "b"), Graphs.integer("num_heads", 2));
    Graphs graphs = Graphs.taking(0, 1, 4, 6);
    graphs.random("w", 0.7, 6, 18);
    graphs.random("b", 0.7, 18);
    graphs
        .longs("tokens", 0, 4, 6)
        .node("Reshape", "x", "images", "tokens")
        .node("Identity", "same", "w")
        .node(Graphs.runtime(bare))
        .head("out", 24, 3);
    Path unknown = graphs.write(folder.resolve("unknown.onnx"), 17, "logits");
    for (Path file : List.of(old, unknown)) {
      try (OnnxModel model = OnnxModel.open(file, OnnxModel.Options.plain())) {
        assertThat(model.layerGraph().nodes())
            .filteredOn(layer -> layer.output().equals("out"))
            .singleElement()
            .satisfies(layer -> assertThat(layer.layer()).isInstanceOf(Layer.Unbounded.class));
      }
    }
  }
}
