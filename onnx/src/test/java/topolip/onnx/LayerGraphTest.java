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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topolip.lipschitz.Composition;
import topolip.lipschitz.InputRegion;
import topolip.lipschitz.Layer;
import topolip.lipschitz.LayerGraph;

/// Small graphs: what is recognised, within its bounds.
class LayerGraphTest {
  @TempDir Path folder;

  private LayerGraph layers(Graphs graphs) throws IOException {
    return Bounds.layers(graphs.write(folder.resolve("net.onnx"), "logits"));
  }

  @Test
  void constantsFoldThroughWhatExportersComputeOfThem() throws IOException {
    Graphs graphs = Graphs.taking(0, 1, 2, 2).node("Flatten", "x", "images");
    graphs.random("w", 1, 3, 4);
    graphs
        .node("Transpose", "turned", "w")
        .weight("two", 2, 1)
        .node("Mul", "doubled", "turned", "two")
        .node("MatMul", "product", "x", "doubled")
        .weight("b", 5, 3)
        .node("Add", "logits", "product", "b");
    LayerGraph graph = layers(graphs);
    Graphs plain = Graphs.taking(0, 1, 2, 2).node("Flatten", "x", "images");
    plain.random("w", 1, 3, 4);
    plain.node(Graphs.with(Graphs.proto("Gemm", "logits", "x", "w"), Graphs.integer("transB", 1)));
    assertThat(Bounds.at(graph, "logits"))
        .isCloseTo(2 * Bounds.at(layers(plain), "logits"), within(1e-6));
  }

  private Graphs threeLayers(NodeProto activation) {
    Graphs graphs = Graphs.taking(0, 1, 2, 2).node("Flatten", "x", "images");
    graphs.random("first", 1, 4, 6);
    graphs.random("second", 1, 6, 5);
    graphs.random("third", 1, 5, 3);
    return graphs
        .weight("b", 5, 6)
        .node("MatMul", "p", "x", "first")
        .node("Add", "q", "p", "b")
        .node("Tanh", "r", "q")
        .node(Graphs.proto("Gemm", "s", "r", "second"))
        .node(activation)
        .node("MatMul", "logits", "t", "third");
  }

  private static double block(LayerGraph graph, String from, String to) {
    return Objects.requireNonNull(Composition.of(graph, from, InputRegion.unitImages(graph)).at(to))
        .value();
  }

  @Test
  void fullyConnectedLayersAreBoundedTogether() throws IOException {
    LayerGraph graph = layers(threeLayers(Graphs.proto("Relu", "t", "s")));
    double parts = block(graph, "x", "r") * block(graph, "r", "t") * block(graph, "t", "logits");

    assertThat(Bounds.at(graph, "logits")).isLessThan(0.95 * parts);
  }

  @Test
  void layersApartAreBoundedByTheirProduct() throws IOException {
    // A slope above 1 between the second layer and the third.
    LayerGraph graph =
        layers(
            threeLayers(
                Graphs.with(Graphs.proto("LeakyRelu", "t", "s"), Graphs.real("alpha", 1.5f))));
    double parts = block(graph, "x", "s") * block(graph, "s", "t") * block(graph, "t", "logits");

    assertThat(Bounds.at(graph, "logits")).isCloseTo(parts, within(1e-9 * parts));
  }

  @Test
  void geluOfBothExportersHasItsOwnConstant() throws IOException {
    Graphs graphs = Graphs.taking(0, 1, 2, 2).node("Flatten", "x", "images");
    graphs
        .weight("root", 1.4142135f, 1)
        .weight("one", 1, 1)
        .weight("half", 0.5f, 1)
        .node("Div", "a", "x", "root")
        .node("Erf", "b", "a")
        .node("Add", "c", "b", "one")
        .node("Mul", "d", "x", "c")
        .node("Mul", "logits", "d", "half");
    assertThat(Bounds.at(layers(graphs), "logits")).isCloseTo(1.12890, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"Gelu, 1.12890", "FastGelu, 1.12899", "QuickGelu, 1.09984"})
  void activationsOfOnnxRuntimeHaveTheirOwnConstants(String operation, double steepest)
      throws IOException {
    Graphs graphs = Graphs.taking(0, 1, 2, 2).node("Flatten", "x", "images");
    graphs.node(Graphs.runtime(Graphs.proto(operation, "logits", "x")));
    assertThat(Bounds.at(layers(graphs), "logits")).isCloseTo(steepest, within(1e-4));
  }

  @Test
  void paddingOfOnnxRuntimeIsPadding() throws IOException {
    Graphs graphs = Graphs.taking(0, 1, 2, 2).longs("pads", 0, 0, 1, 1, 0, 0, 1, 1);
    graphs
        .node(Graphs.runtime(Graphs.proto("Pad", "padded", "images", "pads")))
        .node("Flatten", "logits", "padded");
    assertThat(Bounds.at(layers(graphs), "logits")).isEqualTo(1);
  }

  @Test
  void activationsTimesThemselvesHaveNoConstantAndAreNamed() throws IOException {
    Graphs graphs = Graphs.taking(0, 1, 2, 2).node("Flatten", "x", "images");
    graphs.random("w", 1, 4, 4);
    graphs.node("MatMul", "y", "x", "w").node("Mul", "z", "x", "y").node("Relu", "logits", "z");
    LayerGraph graph = layers(graphs);
    Composition composition = Composition.of(graph, graph.input(), InputRegion.unitImages(graph));
    assertThat(composition.unboundedLayer("logits")).startsWith("z (Mul): ");
    assertThat(Bounds.at(graph, "y")).isFinite();
  }

  @Test
  void batchNormalisationBehindAConvolutionIsPartOfIt() throws IOException {
    Graphs graphs = Graphs.taking(0, 2, 4, 4);
    graphs.random("k", 1, 3, 2, 3, 3);
    graphs
        .node(
            Graphs.with(
                Graphs.proto("Conv", "conv", "images", "k"), Graphs.ints("pads", 1, 1, 1, 1)))
        .initialiser("gamma", new float[] {0.1f, 5, 1}, 3)
        .weight("beta", 0.5f, 3)
        .weight("mean", 0.1f, 3)
        .initialiser("var", new float[] {1, 100, 4}, 3)
        .node("BatchNormalization", "norm", "conv", "gamma", "beta", "mean", "var")
        .node("Relu", "relu", "norm")
        .head("relu", 48, 2);
    LayerGraph graph = layers(graphs);
    double product = 0.5 * Bounds.at(graph, "conv");
    assertThat(Bounds.at(graph, "norm")).isLessThan(0.95 * product).isGreaterThan(0.1 * product);
  }

  @Test
  void shapesPoolsAndJoinsAreWithinTheirBounds() throws IOException {
    Graphs graphs = Graphs.taking(0, 2, 6, 6);
    graphs.random("k", 0.5, 4, 1, 3, 3);
    graphs.random("c", 1, 1, 4, 1, 1);
    graphs.random("token", 1, 1, 2, 3, 3);
    graphs
        .node(
            Graphs.with(
                Graphs.proto("Conv", "conv", "images", "k"),
                Graphs.integer("group", 2),
                Graphs.ints("strides", 2, 2),
                Graphs.ints("pads", 1, 1, 1, 1)))
        .node("Mul", "scaled", "conv", "c")
        .node("Sub", "shifted", "c", "scaled")
        .node(
            Graphs.with(
                Graphs.proto("MaxPool", "max", "shifted"),
                Graphs.ints("kernel_shape", 2, 2),
                Graphs.ints("pads", 0, 0, 1, 1)))
        .node(
            Graphs.with(
                Graphs.proto("AveragePool", "mean", "max"),
                Graphs.ints("kernel_shape", 3, 3),
                Graphs.ints("pads", 1, 1, 1, 1)))
        .node("Add", "sum", "mean", "shifted")
        .node(Graphs.with(Graphs.proto("Concat", "both", "sum", "max"), Graphs.integer("axis", 1)))
        .node("Sigmoid", "gate", "both")
        .node("Mul", "swish", "both", "gate")
        .longs("picked", 1, 1, 5)
        .node(
            Graphs.with(
                Graphs.proto("Gather", "some", "swish", "picked"), Graphs.integer("axis", 1)))
        .longs("pads", 0, 1, 0, 0, 0, 0, 1, 1)
        .node("Pad", "padded", "some", "pads")
        .node(Graphs.with(Graphs.proto("ReduceMean", "rows", "padded"), Graphs.ints("axes", 3)))
        .node("Max", "largest", "rows", "rows")
        .node("Flatten", "flat", "largest")
        .weight("w", 0.3f, 16, 3)
        .node("MatMul", "classes", "flat", "w")
        .node("LogSoftmax", "logits", "classes");
    LayerGraph graph = layers(graphs);
    assertThat(Bounds.at(graph, "logits")).isFinite().isPositive();
    assertThat(graph.nodes())
        .noneMatch(node -> node.layer() instanceof Layer.Unbounded)
        .allMatch(node -> !node.inputs().isEmpty());
  }

  @Test
  void normalisationInFrontIsTheFirstLayer() throws IOException {
    Graphs graphs = Graphs.taking(0, 2, 2, 2).head("images", 8, 2);
    Path file = graphs.write(folder.resolve("net.onnx"), "logits");
    try (OnnxModel plain = OnnxModel.open(file, OnnxModel.Options.plain());
        OnnxModel scaled =
            OnnxModel.open(
                file, new OnnxModel.Options(List.of(0.5, 0.5), List.of(0.25, 0.5), null, 1))) {
      assertThat(Bounds.at(scaled.layerGraph(), "logits"))
          .isCloseTo(4 * Bounds.at(plain.layerGraph(), "logits"), within(1e-6));
      Bounds.assertNoQuotientIsAbove(scaled, scaled.layerGraph());
    }
  }
}
