package topolip.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.Images;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Composition;
import topolip.lipschitz.InputRegion;
import topolip.lipschitz.Layer;
import topolip.lipschitz.LayerGraph;
import topolip.model.Tap;

/// Small graphs: what is recognised, and that no quotient of distances exceeds a bound at any tap.
class LayerGraphTest {
  @TempDir Path folder;

  private static double bound(LayerGraph graph, String tensor) {
    return Objects.requireNonNull(
            Composition.of(graph, graph.input(), InputRegion.unitImages(graph)).at(tensor))
        .value();
  }

  private LayerGraph layers(Graphs graphs) throws IOException {
    Path file = graphs.write(folder.resolve("net.onnx"), "logits");
    try (OnnxModel model = OnnxModel.open(file, OnnxModel.Options.plain())) {
      LayerGraph graph = model.layerGraph();
      assertNoQuotientExceedsItsBound(model, graph);
      return graph;
    }
  }

  private static void assertNoQuotientExceedsItsBound(OnnxModel model, LayerGraph graph) {
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

  private static Graphs random(Graphs graphs, String name, double size, int... sides) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    int count = 1;
    for (int side : sides) {
      count *= side;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (size * random.nextGaussian());
    }
    return graphs.initialiser(name, values, sides);
  }

  private static NodeProto with(NodeProto node, AttributeProto... attributes) {
    return node.toBuilder().addAllAttribute(List.of(attributes)).build();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  @Test
  void constantsFoldThroughWhatExportersComputeOfThem() throws IOException {
    Graphs graphs = Graphs.taking(0, 1, 2, 2).node("Flatten", "x", "images");
    random(graphs, "w", 1, 3, 4);
    graphs
        .node("Transpose", "turned", "w")
        .weight("two", 2, 1)
        .node("Mul", "doubled", "turned", "two")
        .node("MatMul", "product", "x", "doubled")
        .weight("b", 5, 3)
        .node("Add", "logits", "product", "b");
    LayerGraph graph = layers(graphs);
    Graphs plain = Graphs.taking(0, 1, 2, 2).node("Flatten", "x", "images");
    random(plain, "w", 1, 3, 4);
    plain.node(with(Graphs.proto("Gemm", "logits", "x", "w"), integer("transB", 1)));
    assertThat(bound(graph, "logits")).isCloseTo(2 * bound(layers(plain), "logits"), within(1e-6));
  }

  private Graphs threeLayers(NodeProto activation) {
    Graphs graphs = Graphs.taking(0, 1, 2, 2).node("Flatten", "x", "images");
    random(graphs, "first", 1, 4, 6);
    random(graphs, "second", 1, 6, 5);
    random(graphs, "third", 1, 5, 3);
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

    assertThat(bound(graph, "logits")).isLessThan(0.95 * parts);
  }

  @Test
  void layersApartAreBoundedByTheirProduct() throws IOException {
    // A slope above 1 between the second layer and the third.
    LayerGraph graph =
        layers(threeLayers(with(Graphs.proto("LeakyRelu", "t", "s"), real("alpha", 1.5f))));
    double parts = block(graph, "x", "s") * block(graph, "s", "t") * block(graph, "t", "logits");

    assertThat(bound(graph, "logits")).isCloseTo(parts, within(1e-9 * parts));
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
    assertThat(bound(layers(graphs), "logits")).isCloseTo(1.12890, within(1e-4));
  }

  @Test
  void activationsTimesThemselvesHaveNoConstantAndAreNamed() throws IOException {
    Graphs graphs = Graphs.taking(0, 1, 2, 2).node("Flatten", "x", "images");
    random(graphs, "w", 1, 4, 4);
    graphs.node("MatMul", "y", "x", "w").node("Mul", "z", "x", "y").node("Relu", "logits", "z");
    LayerGraph graph = layers(graphs);
    Composition composition = Composition.of(graph, graph.input(), InputRegion.unitImages(graph));
    assertThat(composition.unboundedLayer("logits")).startsWith("z (Mul): ");
    assertThat(bound(graph, "y")).isFinite();
  }

  @Test
  void batchNormalisationBehindAConvolutionIsPartOfIt() throws IOException {
    Graphs graphs = Graphs.taking(0, 2, 4, 4);
    random(graphs, "k", 1, 3, 2, 3, 3);
    graphs
        .node(with(Graphs.proto("Conv", "conv", "images", "k"), Graphs.ints("pads", 1, 1, 1, 1)))
        .initialiser("gamma", new float[] {0.1f, 5, 1}, 3)
        .weight("beta", 0.5f, 3)
        .weight("mean", 0.1f, 3)
        .initialiser("var", new float[] {1, 100, 4}, 3)
        .node("BatchNormalization", "norm", "conv", "gamma", "beta", "mean", "var")
        .node("Relu", "relu", "norm")
        .head("relu", 48, 2);
    LayerGraph graph = layers(graphs);
    double product = 0.5 * bound(graph, "conv");
    assertThat(bound(graph, "norm")).isLessThan(0.95 * product).isGreaterThan(0.1 * product);
  }

  @Test
  void shapesPoolsAndJoinsAreWithinTheirBounds() throws IOException {
    Graphs graphs = Graphs.taking(0, 2, 6, 6);
    random(graphs, "k", 0.5, 4, 1, 3, 3);
    random(graphs, "c", 1, 1, 4, 1, 1);
    random(graphs, "token", 1, 1, 2, 3, 3);
    graphs
        .node(
            with(
                Graphs.proto("Conv", "conv", "images", "k"),
                integer("group", 2),
                Graphs.ints("strides", 2, 2),
                Graphs.ints("pads", 1, 1, 1, 1)))
        .node("Mul", "scaled", "conv", "c")
        .node("Sub", "shifted", "c", "scaled")
        .node(
            with(
                Graphs.proto("MaxPool", "max", "shifted"),
                Graphs.ints("kernel_shape", 2, 2),
                Graphs.ints("pads", 0, 0, 1, 1)))
        .node(
            with(
                Graphs.proto("AveragePool", "mean", "max"),
                Graphs.ints("kernel_shape", 3, 3),
                Graphs.ints("pads", 1, 1, 1, 1)))
        .node("Add", "sum", "mean", "shifted")
        .node(with(Graphs.proto("Concat", "both", "sum", "max"), integer("axis", 1)))
        .node("Sigmoid", "gate", "both")
        .node("Mul", "swish", "both", "gate")
        .longs("picked", 1, 1, 5)
        .node(with(Graphs.proto("Gather", "some", "swish", "picked"), integer("axis", 1)))
        .longs("pads", 0, 1, 0, 0, 0, 0, 1, 1)
        .node("Pad", "padded", "some", "pads")
        .node(with(Graphs.proto("ReduceMean", "rows", "padded"), Graphs.ints("axes", 3)))
        .node("Max", "largest", "rows", "rows")
        .node("Flatten", "flat", "largest")
        .weight("w", 0.3f, 16, 3)
        .node("MatMul", "classes", "flat", "w")
        .node("LogSoftmax", "logits", "classes");
    LayerGraph graph = layers(graphs);
    assertThat(bound(graph, "logits")).isFinite().isPositive();
    assertThat(graph.nodes())
        .noneMatch(node -> node.layer() instanceof Layer.Unbounded)
        .allMatch(node -> !node.inputs().isEmpty());
  }

  /// Tokens, layer normalisation written out and fused, and two heads of attention.
  private static Graphs attention(boolean normalised) {
    Graphs graphs = Graphs.taking(0, 1, 4, 6);
    graphs.longs("tokens", 0, 4, 6).node("Reshape", "x", "images", "tokens");
    if (normalised) {
      graphs
          .node(with(Graphs.proto("ReduceMean", "mean", "x"), Graphs.ints("axes", -1)))
          .weight("two", 2, 1)
          .weight("eps", 1e-3f, 1)
          .node("Sub", "centred", "x", "mean")
          .node("Pow", "squares", "centred", "two")
          .node(with(Graphs.proto("ReduceMean", "variance", "squares"), Graphs.ints("axes", -1)))
          .node("Add", "positive", "variance", "eps")
          .node("Sqrt", "deviation", "positive")
          .node("Div", "y", "centred", "deviation");
    } else {
      graphs.node("Identity", "y", "x");
    }
    graphs.longs("heads", 0, 4, 2, 3);
    for (String part : List.of("q", "k", "v")) {
      random(graphs, part + ".w", 0.7, 6, 6);
      graphs
          .node("MatMul", part + "1", "y", part + ".w")
          .node("Reshape", part + "2", part + "1", "heads")
          .node(
              with(
                  Graphs.proto("Transpose", part + "3", part + "2"),
                  part.equals("k")
                      ? Graphs.ints("perm", 0, 2, 3, 1)
                      : Graphs.ints("perm", 0, 2, 1, 3)));
    }
    return graphs
        .weight("scale", 0.577f, 1)
        .node("MatMul", "scores", "q3", "k3")
        .node("Mul", "scaled", "scores", "scale")
        .node(with(Graphs.proto("Softmax", "shares", "scaled"), integer("axis", -1)))
        .node("MatMul", "mixed", "shares", "v3")
        .node(with(Graphs.proto("Transpose", "ordered", "mixed"), Graphs.ints("perm", 0, 2, 1, 3)))
        .longs("whole", 0, 4, 6)
        .node("Reshape", "out", "ordered", "whole")
        .node("Add", "residual", "out", "x")
        .head("residual", 24, 3);
  }

  @Test
  void attentionIsRecognisedWithItsRadii() throws IOException {
    for (boolean normalised : List.of(true, false)) {
      LayerGraph graph = layers(attention(normalised));
      LayerGraph.Node mixed =
          graph.nodes().stream()
              .filter(node -> node.output().equals("mixed"))
              .findFirst()
              .orElseThrow();
      assertThat(mixed.layer()).isInstanceOf(Layer.Attention.class);
      assertThat(((Layer.Attention) mixed.layer()).scale()).isCloseTo(0.577, within(1e-6));
      assertThat(((Layer.Attention) mixed.layer()).queries()).isEqualTo(4);
      assertThat(mixed.inputs()).containsExactly("q3", "k3", "v3");
      assertThat(bound(graph, "logits")).isFinite();
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
      random(graphs, part + ".w", 0.7, 6, 6);
      graphs.node("MatMul", part, "x", part + ".w");
    }
    return graphs.node(attention).node("Add", "residual", "out", "x").head("residual", 24, 3);
  }

  private void assertFusedIsTheSame(NodeProto attention) throws IOException {
    Path written = attention(false).write(folder.resolve("written.onnx"), 18, "logits");
    Path one = fused(attention).write(folder.resolve("fused.onnx"), 23, "logits");
    try (OnnxModel first = OnnxModel.open(written, OnnxModel.Options.plain());
        OnnxModel second = OnnxModel.open(one, OnnxModel.Options.plain())) {
      Images images = Images.wrap(first.inputShape(), uniform(24 * 5));
      assertThat(second.forward(images, List.of()).logits())
          .containsExactly(first.forward(images, List.of()).logits(), within(1e-5f));
      assertNoQuotientExceedsItsBound(second, second.layerGraph());
      double heads = bound(first.layerGraph(), "logits");
      // Radii are of whole rows here, of heads there.
      assertThat(bound(second.layerGraph(), "logits")).isBetween(heads, 3 * heads);
      InputRegion sample =
          InputRegion.unitImages(second.layerGraph()).measured(second.layerGraph(), second, images);
      assertThat(Objects.requireNonNull(sample.radii().get("out")).keys()).isPositive().isFinite();
    }
  }

  @Test
  void attentionAsOneOperatorIsRecognised() throws IOException {
    assertFusedIsTheSame(
        with(
            Graphs.proto("Attention", "out", "q", "k", "v"),
            integer("q_num_heads", 2),
            integer("kv_num_heads", 2)));
  }

  @Test
  void attentionOfOnnxRuntimeIsRecognised() throws IOException {
    assertFusedIsTheSame(
        with(
            Graphs.proto("MultiHeadAttention", "out", "q", "k", "v").toBuilder()
                .setDomain("com.microsoft")
                .build(),
            integer("num_heads", 2)));
  }

  /// Queries, keys and values of one weight, with a bias; causal or not.
  private static Graphs packed(NodeProto attention) {
    Graphs graphs = Graphs.taking(0, 1, 4, 6);
    graphs.longs("tokens", 0, 4, 6).node("Reshape", "x", "images", "tokens");
    random(graphs, "w", 0.7, 6, 18);
    random(graphs, "b", 0.7, 18);
    return graphs
        .node(attention.toBuilder().setDomain("com.microsoft").build())
        .node("Add", "residual", "out", "x")
        .head("residual", 24, 3);
  }

  @Test
  void packedAttentionIsItsProjectionsAndHeads() throws IOException {
    for (long causal : new long[] {0, 1}) {
      NodeProto node = Graphs.proto("Attention", "out", "x", "w", "b");
      node = with(node, integer("num_heads", 2), integer("unidirectional", causal));
      Path path = packed(node).write(folder.resolve("packed" + causal + ".onnx"), "logits");
      OnnxFile file = OnnxFile.read(path);
      Path written = folder.resolve("written" + causal + ".onnx");
      Files.write(written, PackedAttention.unpacked(file).proto().toByteArray());
      try (OnnxModel one = OnnxModel.open(path, OnnxModel.Options.plain());
          OnnxModel other = OnnxModel.open(written, OnnxModel.Options.plain())) {
        Images images = Images.wrap(one.inputShape(), uniform(24 * 5));
        assertThat(other.forward(images, List.of()).logits())
            .containsExactly(one.forward(images, List.of()).logits(), within(1e-5f));
        LayerGraph graph = one.layerGraph();
        assertThat(bound(graph, "logits"))
            .isFinite()
            .isCloseTo(bound(other.layerGraph(), "logits"), within(1e-9));
        assertNoQuotientExceedsItsBound(one, graph);
      }
    }
  }

  @Test
  void packedAttentionWithAMaskStaysUnbounded() throws IOException {
    Graphs graphs =
        packed(
            with(
                Graphs.proto("Attention", "out", "x", "w", "b", "", "", "scores"),
                integer("num_heads", 2)));
    random(graphs, "scores", 1, 1, 2, 4, 4);
    LayerGraph graph = layers(graphs);
    assertThat(graph.nodes())
        .filteredOn(layer -> layer.output().equals("out"))
        .singleElement()
        .satisfies(layer -> assertThat(layer.layer()).isInstanceOf(Layer.Unbounded.class));
  }

  /// Its parts would need operators that are not there, or its widths are not known.
  @Test
  void packedAttentionThatCannotBeWrittenOutStaysUnbounded() throws IOException {
    NodeProto node = with(Graphs.proto("Attention", "out", "x", "w", "b"), integer("num_heads", 2));
    Path old = packed(node).write(folder.resolve("old.onnx"), 9, "logits");
    NodeProto bare =
        with(Graphs.proto("Attention", "out", "x", "same", "b"), integer("num_heads", 2));
    Graphs graphs = Graphs.taking(0, 1, 4, 6);
    random(graphs, "w", 0.7, 6, 18);
    random(graphs, "b", 0.7, 18);
    graphs
        .longs("tokens", 0, 4, 6)
        .node("Reshape", "x", "images", "tokens")
        .node("Identity", "same", "w")
        .node(bare.toBuilder().setDomain("com.microsoft").build())
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

  private static float[] uniform(int count) {
    float[] values = new float[count];
    SplittableRandom random = new SplittableRandom(3);
    for (int p = 0; p < count; p++) {
      values[p] = random.nextFloat();
    }
    return values;
  }

  @Test
  void radiiOfTheSampleAreBelowTheProvedOnes() throws IOException {
    Path file = attention(true).write(folder.resolve("net.onnx"), "logits");
    try (OnnxModel model = OnnxModel.open(file, OnnxModel.Options.plain())) {
      LayerGraph graph = model.layerGraph();
      InputRegion everywhere = InputRegion.unitImages(graph);
      InputRegion sample =
          everywhere.measured(graph, model, Images.wrap(model.inputShape(), uniform(24 * 5)));
      var proved = Objects.requireNonNull(everywhere.radii().get("mixed"));
      var seen = Objects.requireNonNull(sample.radii().get("mixed"));
      assertThat(seen.queries()).isPositive().isLessThanOrEqualTo(proved.queries());
      assertThat(seen.keys()).isPositive().isLessThanOrEqualTo(proved.keys());
      assertThat(seen.values()).isPositive().isLessThanOrEqualTo(proved.values());
      assertThat(Objects.requireNonNull(sample.deviations().get("y"))).isBetween(0.05, 0.5);
    }
  }

  @Test
  void normalisationInFrontIsTheFirstLayer() throws IOException {
    Graphs graphs = Graphs.taking(0, 2, 2, 2).head("images", 8, 2);
    Path file = graphs.write(folder.resolve("net.onnx"), "logits");
    try (OnnxModel plain = OnnxModel.open(file, OnnxModel.Options.plain());
        OnnxModel scaled =
            OnnxModel.open(
                file, new OnnxModel.Options(List.of(0.5, 0.5), List.of(0.25, 0.5), null, 1))) {
      assertThat(bound(scaled.layerGraph(), "logits"))
          .isCloseTo(4 * bound(plain.layerGraph(), "logits"), within(1e-6));
      assertNoQuotientExceedsItsBound(scaled, scaled.layerGraph());
    }
  }
}
