package topolip.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.model.Tap;
import topolip.model.TapSelection;

class BlockOutputsTest {
  @TempDir Path folder;

  private List<String> auto(Graphs graphs) throws IOException {
    Path file = graphs.write(folder.resolve("net.onnx"), "logits");
    try (OnnxModel model = OnnxModel.open(file, OnnxModel.Options.plain())) {
      return TapSelection.select(model.taps(), "auto").stream().map(Tap::name).toList();
    }
  }

  private static void residual(Graphs graphs, String name, String input) {
    graphs
        .convolution(name + ".a", input, 4, 4)
        .node("Relu", name + ".b", name + ".a")
        .convolution(name + ".c", name + ".b", 4, 4)
        .node("Add", name + ".sum", name + ".c", input);
  }

  private static Graphs stem() {
    return Graphs.taking(0, 3, 8, 8)
        .convolution("stem", "images", 3, 4)
        .node("Relu", "stem.relu", "stem");
  }

  @Test
  void residualBlocksEndWithTheirActivation() throws IOException {
    Graphs graphs = stem();
    residual(graphs, "one", "stem.relu");
    graphs.node("Relu", "one.out", "one.sum");
    residual(graphs, "two", "one.out");
    graphs.node("Relu", "two.out", "two.sum").node("GlobalAveragePool", "pool", "two.out");

    assertThat(auto(graphs.head("pool", 4, 10)))
        .containsExactly("images", "stem.relu", "one.out", "two.out", "logits");
  }

  @Test
  void projectedSkipIsASkip() throws IOException {
    Graphs graphs = stem();
    graphs
        .convolution("branch", "stem.relu", 4, 4)
        .convolution("skip", "stem.relu", 4, 4)
        .node("Add", "sum", "branch", "skip")
        .node("Relu", "out", "sum");

    assertThat(auto(graphs.head("out", 256, 10)))
        .containsExactly("images", "stem.relu", "out", "logits");
  }

  @Test
  void preActivationBlocksEndWithTheirSum() throws IOException {
    Graphs graphs = stem();
    residual(graphs, "one", "stem.relu");
    residual(graphs, "two", "one.sum");

    assertThat(auto(graphs.head("two.sum", 256, 10)))
        .containsExactly("images", "stem.relu", "one.sum", "two.sum", "logits");
  }

  private static void norm(Graphs graphs, String name, String input) {
    graphs.weight(name + ".scale", 1, 8).node("LayerNormalization", name, input, name + ".scale");
  }

  /// Attention of one head over rows of 8 features, without its residual addition.
  private static void attention(Graphs graphs, String name, String input) {
    graphs
        .product(name + ".q", input, 8, 1)
        .product(name + ".v", input, 8, 1)
        .node("Transpose", name + ".kt.all", name + ".q")
        .node(
            Graphs.proto("Transpose", name + ".kt", name + ".q").toBuilder()
                .addAttribute(Graphs.ints("perm", 0, 1, 3, 2))
                .build())
        .node("MatMul", name + ".scores", name + ".q", name + ".kt")
        .node("Softmax", name + ".weights", name + ".scores")
        .node("MatMul", name + ".mixed", name + ".weights", name + ".v");
  }

  private static void mlp(Graphs graphs, String name, String input) {
    graphs
        .product(name + ".up", input, 8, 1)
        .node("Relu", name + ".act", name + ".up")
        .product(name + ".down", name + ".act", 8, 1);
  }

  @Test
  void attentionAndMlpMakeOneBlock() throws IOException {
    Graphs graphs = Graphs.taking(0, 1, 4, 8).product("embed", "images", 8, 1);
    String x = "embed";
    for (String block : List.of("b0", "b1")) {
      norm(graphs, block + ".norm1", x);
      attention(graphs, block, block + ".norm1");
      graphs.node("Add", block + ".attended", x, block + ".mixed");
      norm(graphs, block + ".norm2", block + ".attended");
      mlp(graphs, block, block + ".norm2");
      graphs.node("Add", block + ".out", block + ".attended", block + ".down");
      x = block + ".out";
    }
    norm(graphs, "norm", x);

    assertThat(auto(graphs.head("norm", 32, 10)))
        .containsExactly("images", "embed", "b0.out", "b1.out", "norm", "logits");
  }

  @Test
  void postNormBlocksEndWithTheirNormalisation() throws IOException {
    Graphs graphs = Graphs.taking(0, 1, 4, 8).product("embed", "images", 8, 1);
    String x = "embed";
    for (String block : List.of("b0", "b1")) {
      attention(graphs, block, x);
      graphs.node("Add", block + ".attended", x, block + ".mixed");
      norm(graphs, block + ".norm1", block + ".attended");
      mlp(graphs, block, block + ".norm1");
      graphs.node("Add", block + ".sum", block + ".norm1", block + ".down");
      norm(graphs, block + ".out", block + ".sum");
      x = block + ".out";
    }

    assertThat(auto(graphs.head(x, 32, 10)))
        .containsExactly("images", "embed", "b0.out", "b1.out", "logits");
  }

  @Test
  void addedConstantsAreNoBlocks() throws IOException {
    Graphs graphs =
        Graphs.taking(0, 1, 4, 8)
            .product("embed", "images", 8, 1)
            .weight("position", 0.5f, 4, 8)
            .node("Add", "placed", "embed", "position");
    mlp(graphs, "b", "placed");
    graphs.node("Add", "out", "placed", "b.down");

    assertThat(auto(graphs.head("out", 32, 10)))
        .containsExactly("images", "placed", "out", "logits");
  }

  @Test
  void plainNetworksHaveAnOutputPerWeightLayer() throws IOException {
    Graphs graphs =
        stem()
            .convolution("second", "stem.relu", 4, 4)
            .node("Relu", "second.relu", "second")
            .node(
                Graphs.proto("MaxPool", "pool", "second.relu").toBuilder()
                    .addAttribute(Graphs.ints("kernel_shape", 2, 2))
                    .addAttribute(Graphs.ints("strides", 2, 2))
                    .build());

    assertThat(auto(graphs.head("pool", 64, 10)))
        .containsExactly("images", "stem.relu", "second.relu", "logits");
  }

  @Test
  void transitionBetweenBlocksCounts() throws IOException {
    Graphs graphs = stem();
    residual(graphs, "one", "stem.relu");
    graphs.node("Relu", "one.out", "one.sum").convolution("transition", "one.out", 4, 4);
    residual(graphs, "two", "transition");

    assertThat(auto(graphs.head("two.sum", 256, 10)))
        .containsExactly("images", "stem.relu", "one.out", "transition", "two.sum", "logits");
  }
}
