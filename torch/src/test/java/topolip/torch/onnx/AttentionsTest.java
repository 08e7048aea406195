package topolip.torch.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static topolip.torch.onnx.OnnxFiles.integer;
import static topolip.torch.onnx.OnnxFiles.list;
import static topolip.torch.onnx.OnnxFiles.real;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.Images;
import topolip.onnx.OnnxModel;

/// Attention as one operator gives the logits of ONNX Runtime.
class AttentionsTest {
  private static final String RUNTIME = "com.microsoft";

  @TempDir Path folder;

  private static float[] random(int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-0.9, 0.9);
    }
    return values;
  }

  /// Four tokens of six numbers, and their products with three weights.
  private static OnnxFiles rows() {
    OnnxFiles file = new OnnxFiles().input("images", 0, 1, 4, 6);
    file.longs("tokens", 0, 4, 6).node("Reshape", "x", List.of("images", "tokens"));
    for (String part : List.of("q", "k", "v")) {
      file.floats(part + ".w", random(36, part.hashCode()), 6, 6)
          .node("MatMul", part, List.of("x", part + ".w"));
    }
    return file.floats("wide", random(6 * 18, 4), 6, 18)
        .floats("bias", random(18, 5), 18)
        .floats("scores", random(2 * 4 * 4, 6), 1, 2, 4, 4);
  }

  private Path ended(OnnxFiles file, int operatorSet) throws IOException {
    return file.node("Flatten", "flat", List.of("mixed"))
        .floats("head", random(24 * 3, 7), 24, 3)
        .node("MatMul", "logits", List.of("flat", "head"))
        .write(folder.resolve("attention.onnx"), operatorSet, "logits");
  }

  private void assertIsThatOfOnnxRuntime(OnnxFiles graph, int operatorSet) throws IOException {
    Path file = ended(graph, operatorSet);
    try (OnnxModel expected = OnnxModel.open(file, OnnxModel.Options.plain());
        DifferentiableOnnx found =
            DifferentiableOnnx.open(file, DifferentiableOnnx.Options.plain())) {
      Images images = Images.wrap(found.inputShape(), random(24 * 3, 8));
      assertThat(found.forward(images, List.of()).logits())
          .containsExactly(expected.forward(images, List.of()).logits(), within(2e-6f));
    }
  }

  private void assertAttentionOfRows(AttributeProto... more) throws IOException {
    AttributeProto[] all = new AttributeProto[more.length + 2];
    System.arraycopy(more, 0, all, 2, more.length);
    all[0] = integer("q_num_heads", 2);
    all[1] = integer("kv_num_heads", 2);
    assertIsThatOfOnnxRuntime(
        rows().node("Attention", "mixed", List.of("q", "k", "v", "scores"), all), 23);
  }

  @Test
  void attentionOfOnnx() throws IOException {
    assertAttentionOfRows();
    assertAttentionOfRows(real("scale", 0.3));
    assertAttentionOfRows(integer("is_causal", 1));
  }

  @Test
  void attentionOfHeads() throws IOException {
    OnnxFiles graph = rows();
    graph.longs("heads", 0, 4, 2, 3);
    for (String part : List.of("q", "k", "v")) {
      graph
          .node("Reshape", part + "1", List.of(part, "heads"))
          .node("Transpose", part + "2", List.of(part + "1"), list("perm", 0, 2, 1, 3));
    }
    assertIsThatOfOnnxRuntime(graph.node("Attention", "mixed", List.of("q2", "k2", "v2")), 23);
  }

  @Test
  void attentionOfOnnxRuntime() throws IOException {
    AttributeProto heads = integer("num_heads", 2);
    List<String> plain = List.of("q", "k", "v");
    List<String> biased = List.of("q", "k", "v", "bias", "", "scores");
    assertIsThatOfOnnxRuntime(
        rows().node(RUNTIME, "MultiHeadAttention", "mixed", plain, heads), 17);
    assertIsThatOfOnnxRuntime(
        rows().node(RUNTIME, "MultiHeadAttention", "mixed", biased, heads, real("scale", 0.3)), 17);
    List<String> packed = List.of("x", "wide", "bias");
    assertIsThatOfOnnxRuntime(rows().node(RUNTIME, "Attention", "mixed", packed, heads), 17);
    assertIsThatOfOnnxRuntime(
        rows().node(RUNTIME, "Attention", "mixed", packed, heads, integer("unidirectional", 1)),
        17);
    assertIsThatOfOnnxRuntime(
        rows()
            .node(
                RUNTIME,
                "Attention",
                "mixed",
                List.of("x", "wide", "bias", "", "", "scores"),
                heads),
        17);
  }

  @Test
  void whatIsNotSupportedIsNamed() {
    OnnxFiles masked =
        rows()
            .node(
                RUNTIME,
                "MultiHeadAttention",
                "mixed",
                List.of("q", "k", "v", "", "scores"),
                integer("num_heads", 2));
    assertThatThrownBy(
            () -> DifferentiableOnnx.open(ended(masked, 17), DifferentiableOnnx.Options.plain()))
        .isInstanceOf(UnsupportedOperatorsException.class)
        .hasMessageContaining("com.microsoft.MultiHeadAttention with a mask of places");
    OnnxFiles fewer =
        rows()
            .node(
                "Attention",
                "mixed",
                List.of("q", "k", "v"),
                integer("q_num_heads", 2),
                integer("kv_num_heads", 1));
    assertThatThrownBy(
            () -> DifferentiableOnnx.open(ended(fewer, 23), DifferentiableOnnx.Options.plain()))
        .hasMessageContaining("Attention with fewer heads of keys");
  }
}
