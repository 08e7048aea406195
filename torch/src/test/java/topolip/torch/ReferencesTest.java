package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.model.CrossEntropy;
import topolip.model.Forward;
import topolip.model.LossGradient;
import topolip.model.Tap;

/// The same weights give the same numbers as in torchvision and timm.
class ReferencesTest {
  private static final int STEP = 97;

  /// The largest relative error of float32 networks that sum in another order.
  private static final double TOLERANCE = 1e-4;

  private static Network network(String name) {
    ImageShape small = new ImageShape(3, 32, 32);
    ImageShape large = new ImageShape(3, 64, 64);
    Normalisation none = Normalisation.of(3, 0, 1);
    return switch (name) {
      case "resnet18" ->
          new Network(
              new ResNet(
                  ResNet.Block.BASIC,
                  List.of(2, 2, 2, 2),
                  64,
                  ResNet.Stem.LARGE,
                  ResNet.Shortcut.PROJECTED),
              large,
              10,
              none);
      case "resnet50" ->
          new Network(
              new ResNet(
                  ResNet.Block.BOTTLENECK,
                  List.of(3, 4, 6, 3),
                  64,
                  ResNet.Stem.LARGE,
                  ResNet.Shortcut.PROJECTED),
              large,
              10,
              none);
      case "vit-class-token" ->
          new Network(
              new VisionTransformer(4, 192, 4, 3, 4, VisionTransformer.Pooling.CLASS_TOKEN),
              small,
              10,
              none);
      case "vit-mean" ->
          new Network(
              new VisionTransformer(8, 384, 3, 6, 4, VisionTransformer.Pooling.MEAN),
              small,
              10,
              none);
      case "mixer" -> new Network(new Mixer(4, 64, 3), small, 10, none);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Map<String, double[]> references(String name) throws IOException {
    Map<String, double[]> rows = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ReferencesTest.class.getResourceAsStream("references.csv")),
                StandardCharsets.UTF_8))) {
      reader
          .lines()
          .map(line -> line.split(",", -1))
          .filter(parts -> parts[0].equals(name))
          .forEach(parts ->
              rows.put(
                  parts[1], Arrays.stream(parts).skip(2).mapToDouble(Double::valueOf).toArray()));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet50", "vit-class-token", "vit-mean", "mixer"})
  void logitsTapsAndGradientsAreThoseOfPyTorch(String name) throws IOException {
    Map<String, double[]> references = references(name);
    Network network = network(name);
    Images images = HashedValues.images(network.input(), 2);
    try (TorchModel model = TorchModel.of(name, HashedValues.weights(network), 2)) {
      List<Tap> taps =
          model.taps().stream().filter(t -> references.containsKey("tap:" + t.name())).toList();
      assertThat(taps).hasSize(references.size() - 2);
      Forward forward = model.forward(images, taps);
      assertClose(forward.logits(), 1, reference(references, "logits"));
      for (int t = 0; t < taps.size(); t++) {
        assertClose(
            forward.activations().get(t), STEP, reference(references, "tap:" + taps.get(t).name()));
      }
      LossGradient gradient = model.lossGradient(images, CrossEntropy.of(3, 7));
      assertThat(gradient.logits()).isEqualTo(forward.logits());
      assertClose(gradient.gradients(), STEP, reference(references, "gradient"));
    }
  }

  private static double[] reference(Map<String, double[]> references, String what) {
    return Objects.requireNonNull(references.get(what), what);
  }

  private static void assertClose(float[] values, int step, double[] expected) {
    assertThat((values.length - 1) / step + 1).isEqualTo(expected.length);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) values[i * step]).isCloseTo(expected[i], within(TOLERANCE * largest));
    }
  }
}
