package topolip.torch.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.model.CrossEntropy;
import topolip.model.DifferentiableModel;
import topolip.model.LossGradient;
import topolip.model.ModelException;
import topolip.model.Tap;
import topolip.torch.DifferentiableModelContract;
import topolip.torch.HashedValues;
import topolip.torch.ModelExport;
import topolip.torch.Network;
import topolip.torch.NetworkWeights;
import topolip.torch.Networks;
import topolip.torch.TorchModel;

/// Networks in ONNX files keep the contract, and have the derivatives of what was exported.
class DifferentiableOnnxTest {
  @TempDir static Path folder;

  private static DifferentiableOnnx exported(Network network) {
    Path file = folder.resolve("exported.onnx");
    try {
      Files.deleteIfExists(file);
      ModelExport.onnx(file, HashedValues.weights(network));
      return DifferentiableOnnx.open(file, DifferentiableOnnx.Options.plain());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes two images at once, channels last, normalised outside.
  private static Path channelsLast() throws IOException {
    return new OnnxFiles()
        .input("images", 2, 6, 5, 3)
        .node("Transpose", "first", List.of("images"), OnnxFiles.list("perm", 0, 3, 1, 2))
        .floats("kernel", random(4 * 3 * 3 * 3), 4, 3, 3, 3)
        .node("Conv", "convolved", List.of("first", "kernel"))
        .node("Softplus", "activated", List.of("convolved"))
        .node("Flatten", "flat", List.of("activated"))
        .floats("head", random(48 * 3), 48, 3)
        .node("MatMul", "logits", List.of("flat", "head"))
        .write(folder.resolve("last.onnx"), 17, "logits");
  }

  private static float[] random(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-0.5, 0.5);
    }
    return values;
  }

  private static DifferentiableOnnx openChannelsLast() {
    try {
      return DifferentiableOnnx.open(
          channelsLast(),
          new DifferentiableOnnx.Options(
              List.of(.1, .2, .3), List.of(.5, .4, .3), null, 1, Precision.FLOAT64));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nested
  class OfExportedVisionTransformers extends DifferentiableModelContract {
    @Override
    protected DifferentiableModel open() {
      return exported(Networks.all().get(4));
    }
  }

  @Nested
  class OfExportedResNets extends DifferentiableModelContract {
    @Override
    protected DifferentiableModel open() {
      return exported(Networks.all().get(6));
    }
  }

  @Nested
  class OfTwoImagesChannelsLastInFloat64 extends DifferentiableModelContract {
    @Override
    protected DifferentiableModel open() {
      return openChannelsLast();
    }
  }

  /// Seen in a published network with equal weights, whose softmax made much of the last digit.
  @ParameterizedTest
  @ValueSource(strings = {"ReduceMean", "ReduceSum", "ReduceL2", "ReduceLogSumExp"})
  void equalChannelsHaveEqualMeans(String operator) throws IOException {
    int channels = 20;
    float[] kernels = new float[channels * 3 * 9];
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = 1 + i % 27 / 7f;
    }
    Path file =
        new OnnxFiles()
            .input("images", 0, 3, 15, 15)
            .floats("kernels", kernels, channels, 3, 3, 3)
            .node("Conv", "convolved", List.of("images", "kernels"))
            .node(operator, "reduced", List.of("convolved"), OnnxFiles.list("axes", 2, 3))
            .node("Flatten", "logits", List.of("reduced"))
            .write(folder.resolve("equal.onnx"), 11, "logits");
    try (DifferentiableOnnx model =
        DifferentiableOnnx.open(file, DifferentiableOnnx.Options.plain())) {
      Images images = Images.wrap(model.inputShape(), positive(3 * 15 * 15));
      float[] logits = model.forward(images, List.of()).logits();
      assertThat(logits).hasSize(channels).containsOnly(logits[0]);
    }
  }

  @Test
  void exportedNetworksHaveTheGradientsOfTheirOriginals() {
    for (Network network : Networks.all()) {
      NetworkWeights weights = HashedValues.weights(network);
      Images images = Images.wrap(network.input(), positive(3 * network.input().values()));
      CrossEntropy loss = CrossEntropy.of(0, 2, 1);
      try (TorchModel original = TorchModel.of("model", weights, 1);
          DifferentiableOnnx model = exported(network)) {
        LossGradient expected = original.lossGradient(images, loss);
        LossGradient found = model.lossGradient(images, loss);
        assertClose(found.logits(), expected.logits(), network);
        assertClose(found.losses(), expected.losses(), network);
        assertClose(found.gradients(), expected.gradients(), network);
      }
    }
  }

  private static float[] positive(int count) {
    float[] values = random(count);
    for (int i = 0; i < count; i++) {
      values[i] += 0.5f;
    }
    return values;
  }

  private static void assertClose(float[] found, float[] expected, Network network) {
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i])
          .as(network.toString())
          .isCloseTo(expected[i], within(1e-4 * largest));
    }
  }

  @Test
  void everyUnsupportedOperatorIsListedWithItsNodes() throws IOException {
    Path file =
        new OnnxFiles()
            .input("images", 0, 3, 6, 5)
            .node("Frobnicate", "a", List.of("images"))
            .node("Relu", "b", List.of("a"))
            .node("Frobnicate", "c", List.of("b"))
            .node("Quux", "d", List.of("c"))
            .write(folder.resolve("strange.onnx"), 17, "d");
    assertThatThrownBy(() -> DifferentiableOnnx.open(file, DifferentiableOnnx.Options.plain()))
        .isInstanceOfSatisfying(
            UnsupportedOperatorsException.class,
            e ->
                assertThat(e.operators())
                    .containsEntry("Frobnicate", List.of("a/Frobnicate", "c/Frobnicate"))
                    .containsEntry("Quux", List.of("d/Quux"))
                    .hasSize(2))
        .hasMessage(
            file
                + ": needs operators that are not supported: Frobnicate (2: a/Frobnicate,"
                + " c/Frobnicate); Quux (1: d/Quux)");
  }

  @Test
  void whatCannotRunIsToldWithItsNode() throws IOException {
    Path file =
        new OnnxFiles()
            .input("images", 0, 3, 6, 5)
            .floats("head", random(12), 4, 3)
            .node("Flatten", "flat", List.of("images"))
            .node("MatMul", "logits", List.of("flat", "head"))
            .write(folder.resolve("odd.onnx"), 17, "logits");
    assertThatThrownBy(() -> DifferentiableOnnx.open(file, DifferentiableOnnx.Options.plain()))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file + ": logits/MatMul (MatMul): ")
        .hasMessageContaining("1x90 and 4x3");
  }

  @Test
  void filesThatAreNoModelsAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
    assertThatThrownBy(() -> DifferentiableOnnx.open(text, DifferentiableOnnx.Options.plain()))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(text + ": is no ONNX model");
    assertThatThrownBy(() ->
            DifferentiableOnnx.open(
                channelsLast(),
                new DifferentiableOnnx.Options(List.of(.5), null, null, 1, Precision.FLOAT32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mean has 1 values and std 3");
  }

  private static Path weightsIn(String location, long offset) throws IOException {
    return new OnnxFiles()
        .input("images", 0, 1, 1, 2)
        .elsewhere("head", location, offset, 2, 2)
        .node("Flatten", "flat", List.of("images"))
        .node("MatMul", "logits", List.of("flat", "head"))
        .write(folder.resolve("outside.onnx"), 17, "logits");
  }

  @Test
  void weightsMayLieBesideTheModelAndNowhereElse() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(99).putFloat(1).putFloat(2).putFloat(3).putFloat(4);
    Files.write(folder.resolve("weights.bin"), bytes.array());
    Images images = Images.wrap(new ImageShape(1, 1, 2), new float[] {1, 10});
    try (DifferentiableOnnx model =
        DifferentiableOnnx.open(weightsIn("weights.bin", 4), DifferentiableOnnx.Options.plain())) {
      assertThat(model.forward(images, List.of()).logits()).containsExactly(31, 42);
      assertThat(model.parameters()).isEqualTo(4);
    }
    assertRefused(weightsIn("weights.bin", 8), "tensor head has 12 bytes for a tensor of 16");
    assertRefused(weightsIn("missing.bin", 0), "missing beside it");
    assertRefused(weightsIn("../weights.bin", 0), "outside its folder");
  }

  private static void assertRefused(Path file, String reason) {
    assertThatThrownBy(() -> DifferentiableOnnx.open(file, DifferentiableOnnx.Options.plain()))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void constantsAreFoldedAndNodesOfImagesAreNot() throws IOException {
    Path file =
        new OnnxFiles()
            .input("images", 0, 3, 6, 5)
            .longs("one", 1)
            .longs("two", 2)
            .node("Concat", "shape", List.of("one", "two"), OnnxFiles.integer("axis", 0))
            .node("ConstantOfShape", "zeros", List.of("shape"))
            .node("Flatten", "flat", List.of("images"))
            .node("Cos", "ones", List.of("zeros"))
            .node("Sub", "logits", List.of("flat", "flat"))
            .write(folder.resolve("folded.onnx"), 17, "logits");
    try (Program program = Program.of(OnnxSource.read(file), Precision.FLOAT32)) {
      assertThat(program.tensors()).containsExactly("flat", "logits");
    }
  }

  @Test
  void tapsBehindRoundingHaveNoSlope() throws IOException {
    Path file =
        new OnnxFiles()
            .input("images", 0, 1, 2, 2)
            .node("Flatten", "flat", List.of("images"))
            .node("Round", "logits", List.of("flat"))
            .write(folder.resolve("rounded.onnx"), 17, "logits");
    try (DifferentiableOnnx model =
        DifferentiableOnnx.open(file, DifferentiableOnnx.Options.plain())) {
      Images images = Images.wrap(new ImageShape(1, 2, 2), new float[] {.1f, .4f, .6f, .9f});
      Tap logits = model.taps().getLast();
      float[] ones = {1, 1, 1, 1};
      assertThat(model.forward(images, List.of()).logits()).containsExactly(0, 0, 1, 1);
      assertThat(model.vectorJacobian(images, logits, ones)).containsOnly(0);
      assertThat(model.jacobianVector(images, logits, ones)).containsOnly(0);
    }
  }
}
