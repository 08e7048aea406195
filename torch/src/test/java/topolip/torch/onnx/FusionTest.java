package topolip.torch.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.model.Forward;
import topolip.model.ModelException;
import topolip.model.Tap;

/// Chains of nodes that are computed by one have the values of the chain, whether its inner tensors
/// are asked for or not.
class FusionTest {
  private static final int COUNT = 17;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  @TempDir private Path folder;

  private static float[] random(int count, double low, double high) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(low, high);
    }
    return values;
  }

  private DifferentiableOnnx open(OnnxFiles file, String output) throws IOException {
    return DifferentiableOnnx.open(
        file.write(folder.resolve("model.onnx"), 17, output), DifferentiableOnnx.Options.plain());
  }

  private List<String> operators(OnnxFiles file, String output) throws IOException {
    Path written = file.write(folder.resolve("program.onnx"), 17, output);
    try (Program program = Program.of(OnnxSource.read(written), Precision.FLOAT32)) {
      return program.nodes().stream().map(OnnxNode::operator).toList();
    }
  }

  private static Images images(DifferentiableOnnx model) {
    ImageShape shape = model.inputShape();
    return Images.wrap(shape, random(COUNT * shape.values(), 0, 1));
  }

  private static float[] tap(DifferentiableOnnx model, Forward forward, String name) {
    List<String> names = model.taps().stream().map(Tap::name).toList();
    return forward.activations().get(names.indexOf(name));
  }

  private static OnnxFiles normalised(boolean bias) {
    OnnxFiles file =
        new OnnxFiles()
            .input("images", 0, 3, 6, 5)
            .floats("kernel", random(4 * 3 * 3 * 3, -0.5, 0.5), 4, 3, 3, 3)
            .floats("biases", random(4, -1, 1), 4)
            .floats("scale", new float[] {1.5f, -0.5f, 2, 0.25f}, 4)
            .floats("shift", new float[] {0.5f, 1, -1, 0}, 4)
            .floats("mean", new float[] {0.1f, -0.3f, 0.7f, 0}, 4)
            .floats("variance", new float[] {0.2f, 1, 3, 0.05f}, 4);
    List<String> inputs =
        bias ? List.of("images", "kernel", "biases") : List.of("images", "kernel");
    return file.node("Conv", "convolved", inputs)
        .node(
            "BatchNormalization",
            "normalised",
            List.of("convolved", "scale", "shift", "mean", "variance"),
            OnnxFiles.real("epsilon", 0.01))
        .node("Flatten", "logits", List.of("normalised"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void batchNormalisationIsOneWithTheConvolution(boolean bias) throws IOException {
    assertThat(operators(normalised(bias), "logits")).containsExactly("Conv", "Conv", "Flatten");
    try (DifferentiableOnnx model = open(normalised(bias), "logits")) {
      Forward forward = model.forward(images(model), model.taps());
      float[] convolved = tap(model, forward, "convolved");
      float[] normalised = tap(model, forward, "normalised");
      float[] scale = {1.5f, -0.5f, 2, 0.25f};
      float[] shift = {0.5f, 1, -1, 0};
      float[] mean = {0.1f, -0.3f, 0.7f, 0};
      float[] variance = {0.2f, 1, 3, 0.05f};
      int pixels = 4 * 3;
      for (int i = 0; i < normalised.length; i++) {
        int c = i / pixels % 4;
        double expected =
            scale[c] * (convolved[i] - mean[c]) / Math.sqrt(variance[c] + 0.01) + shift[c];
        assertThat((double) normalised[i]).isCloseTo(expected, within(1e-5));
      }
    }
  }

  private static OnnxFiles linear(boolean biasFirst) {
    return new OnnxFiles()
        .input("images", 0, 1, 6, 5)
        .longs("rows", 0, 6, 5)
        .node("Reshape", "tokens", List.of("images", "rows"))
        .floats("weight", random(5 * 7, -1, 1), 5, 7)
        .floats("bias", random(7, -1, 1), 7)
        .node("MatMul", "product", List.of("tokens", "weight"))
        .node("Add", "sum", biasFirst ? List.of("bias", "product") : List.of("product", "bias"))
        .node("Flatten", "logits", List.of("sum"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void biasesAreOneWithTheirProduct(boolean biasFirst) throws IOException {
    assertThat(operators(linear(biasFirst), "logits"))
        .containsExactly("Reshape", "MatMul", Fusion.LINEAR, "Flatten");
    try (DifferentiableOnnx model = open(linear(biasFirst), "logits")) {
      Images images = images(model);
      Forward forward = model.forward(images, model.taps());
      float[] product = tap(model, forward, "product");
      float[] sum = tap(model, forward, "sum");
      float[] weight = random(5 * 7, -1, 1);
      float[] bias = random(7, -1, 1);
      for (int i = 0; i < sum.length; i++) {
        double expected = 0;
        for (int k = 0; k < 5; k++) {
          expected += (double) images.values()[i / 7 * 5 + k] * weight[k * 7 + i % 7];
        }
        assertThat((double) product[i]).isCloseTo(expected, within(1e-5));
        assertThat((double) sum[i]).isCloseTo(expected + bias[i % 7], within(1e-5));
      }
    }
  }

  /// GELU as exporters write it out: ((x · (1 + erf)) · ½), ((½ · x) · (erf + 1)), x · (½ · …).
  private static OnnxFiles gelu(int order, double half, double root) {
    OnnxFiles file =
        new OnnxFiles()
            .input("images", 0, 1, 4, 4)
            .floats("spread", new float[] {6})
            .floats("middle", new float[] {3})
            .floats("root", new float[] {(float) root})
            .floats("inverse", new float[] {(float) (1 / root)}, 1)
            .floats("one", new float[] {1})
            .floats("half", new float[] {(float) half}, 1)
            .node("Mul", "spreaded", List.of("images", "spread"))
            .node("Sub", "x", List.of("spreaded", "middle"));
    return (switch (order) {
          case 0 ->
              file.node("Div", "scaled", List.of("x", "root"))
                  .node("Erf", "erf", List.of("scaled"))
                  .node("Add", "sum", List.of("erf", "one"))
                  .node("Mul", "inner", List.of("x", "sum"))
                  .node("Mul", "gelu", List.of("inner", "half"));
          case 1 ->
              file.node("Mul", "scaled", List.of("inverse", "x"))
                  .node("Erf", "erf", List.of("scaled"))
                  .node("Add", "sum", List.of("one", "erf"))
                  .node("Mul", "inner", List.of("half", "x"))
                  .node("Mul", "gelu", List.of("inner", "sum"));
          default ->
              file.node("Mul", "scaled", List.of("x", "inverse"))
                  .node("Erf", "erf", List.of("scaled"))
                  .node("Add", "sum", List.of("erf", "one"))
                  .node("Mul", "inner", List.of("sum", "half"))
                  .node("Mul", "gelu", List.of("x", "inner"));
        })
        .node("Flatten", "logits", List.of("gelu"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void writtenOutGeluIsOneFunction(int order) throws IOException {
    OnnxFiles file = gelu(order, 0.5, Math.sqrt(2));
    assertThat(operators(file, "logits")).contains("Gelu");
    try (DifferentiableOnnx model = open(file, "logits")) {
      Forward forward = model.forward(images(model), model.taps());
      float[] x = tap(model, forward, "x");
      float[] found = tap(model, forward, "gelu");
      for (int i = 0; i < x.length; i++) {
        double expected = x[i] * NORMAL.cumulativeProbability(x[i]);
        assertThat((double) found[i]).isCloseTo(expected, within(2e-6));
      }
    }
  }

  @Test
  void functionsThatOnlyLookLikeGeluStayAsTheyAre() throws IOException {
    for (int order = 0; order < 3; order++) {
      assertThat(operators(gelu(order, 0.4, Math.sqrt(2)), "logits")).doesNotContain("Gelu");
      assertThat(operators(gelu(order, 0.5, 1.5), "logits")).doesNotContain("Gelu");
    }
  }

  @Test
  void whatIsUsedTwiceIsComputedOnce() throws IOException {
    OnnxFiles file =
        normalised(true)
            .node("Flatten", "others", List.of("convolved"))
            .node("Add", "both", List.of("logits", "others"));
    assertThat(operators(file, "both")).contains("BatchNormalization");
  }

  /// What libtorch refuses must not be repeated to fit.
  @Test
  void parametersThatAreNotOneAChannelAreRefused() {
    OnnxFiles file =
        new OnnxFiles()
            .input("images", 0, 3, 6, 5)
            .floats("kernel", random(4 * 3 * 3 * 3, -0.5, 0.5), 4, 3, 3, 3)
            .floats("one", new float[] {2}, 1)
            .node("Conv", "convolved", List.of("images", "kernel"))
            .node(
                "BatchNormalization",
                "normalised",
                List.of("convolved", "one", "one", "one", "one"))
            .node("Flatten", "logits", List.of("normalised"));
    assertThatThrownBy(() -> open(file, "logits"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("normalised/BatchNormalization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Mul", "BatchNormalization", "MatMul", "Erf", "Conv"})
  void damagedNodesAreNamed(String operator) {
    OnnxFiles file =
        new OnnxFiles()
            .input("images", 0, 1, 4, 4)
            .floats("half", new float[] {0.5f})
            .node(operator, "damaged", List.of())
            .node("Mul", "product", List.of("damaged", "half"))
            .node("Add", "sum", List.of("product", "half"))
            .node(
                "BatchNormalization", "normalised", List.of("sum", "half", "half", "half", "half"))
            .node("Add", "logits", List.of("normalised", "images"));
    assertThatThrownBy(() -> open(file, "logits"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("damaged/" + operator);
  }

  @Test
  void aFileCannotNameWhatOnlyFusionMakes() {
    OnnxFiles file =
        new OnnxFiles()
            .input("images", 0, 1, 4, 4)
            .floats("weight", random(12, -1, 1), 4, 3)
            .node(Fusion.DOMAIN, Fusion.LINEAR, "product", List.of("images", "weight"))
            .node("Flatten", "logits", List.of("product"));
    assertThatThrownBy(() -> open(file, "logits"))
        .isInstanceOf(UnsupportedOperatorsException.class);
  }

  @Test
  void biasesOfAnotherShapeAreAdded() throws IOException {
    OnnxFiles file =
        new OnnxFiles()
            .input("images", 0, 1, 6, 5)
            .longs("rows", 0, 6, 5)
            .node("Reshape", "tokens", List.of("images", "rows"))
            .floats("weight", random(5 * 7, -1, 1), 5, 7)
            .floats("bias", random(6 * 7, -1, 1), 6, 7)
            .node("MatMul", "product", List.of("tokens", "weight"))
            .node("Add", "sum", List.of("product", "bias"))
            .node("Flatten", "logits", List.of("sum"));
    assertThat(operators(file, "logits")).containsExactly("Reshape", "MatMul", "Add", "Flatten");
  }

  /// Views, names of one tensor, repeated inputs, broadcasts: nothing may be overwritten that is
  /// read again. Every tensor alone, where all others may go, equals itself among all.
  @Test
  void nothingIsOverwrittenThatIsReadAgain() throws IOException {
    OnnxFiles file =
        new OnnxFiles()
            .input("images", 0, 2, 4, 4)
            .longs("flat", 0, -1)
            .floats("half", new float[] {0.5f})
            .floats("perChannel", new float[] {1, -1}, 2, 1, 1)
            .node("Sub", "centred", List.of("images", "half"))
            .node("Identity", "same", List.of("centred"))
            .node("Reshape", "view", List.of("centred", "flat"))
            .node("Relu", "positive", List.of("same"))
            .node("Add", "twice", List.of("positive", "positive"))
            .node("Mul", "squared", List.of("twice", "twice"))
            .node("Add", "shifted", List.of("perChannel", "squared"))
            .node("Transpose", "turned", List.of("shifted"), OnnxFiles.list("perm", 0, 1, 3, 2))
            .node("Add", "symmetric", List.of("shifted", "turned"))
            .node("Erf", "bounded", List.of("symmetric"))
            .node("Sigmoid", "squashed", List.of("bounded"))
            .node("Div", "divided", List.of("symmetric", "squashed"))
            .node("Reshape", "last", List.of("divided", "flat"))
            .node("Add", "logits", List.of("last", "view"));
    try (DifferentiableOnnx model = open(file, "logits")) {
      Images images = images(model);
      Forward all = model.forward(images, model.taps());
      List<String> names = new ArrayList<>();
      for (Tap tap : model.taps()) {
        names.add(tap.name());
        Forward alone = model.forward(images, List.of(tap));
        assertThat(alone.activations().getFirst())
            .as(tap.name())
            .isEqualTo(tap(model, all, tap.name()));
        assertThat(alone.logits()).as(tap.name()).isEqualTo(all.logits());
      }
      assertThat(names).contains("view", "same", "positive", "squared", "turned", "divided");
      float[] expected = new float[images.values().length];
      for (int n = 0; n < expected.length; n += 16) {
        float sign = n / 16 % 2 == 0 ? 1 : -1;
        for (int i = 0; i < 16; i++) {
          double centred = images.values()[n + i] - 0.5;
          double here = sign + Math.pow(2 * Math.max(0, centred), 2);
          double mirrored = images.values()[n + i % 4 * 4 + i / 4] - 0.5;
          double there = sign + Math.pow(2 * Math.max(0, mirrored), 2);
          double bounded = 2 * NORMAL.cumulativeProbability((here + there) * Math.sqrt(2)) - 1;
          expected[n + i] = (float) ((here + there) * (1 + Math.exp(-bounded)) + centred);
        }
      }
      assertThat(all.logits()).hasSize(expected.length);
      for (int i = 0; i < expected.length; i++) {
        assertThat(all.logits()[i]).isCloseTo(expected[i], within(1e-4f));
      }
      assertThat(Arrays.equals(images.values(), random(expected.length, 0, 1))).isTrue();
    }
  }
}
