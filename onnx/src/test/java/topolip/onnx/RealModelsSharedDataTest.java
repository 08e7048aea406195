package topolip.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.Split;
import topolip.engine.Progress;
import topolip.model.Accuracy;
import topolip.model.Evaluation;
import topolip.model.Tap;
import topolip.model.TapSelection;

/// Trained models against PyTorch's logits and counts of correct predictions.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class RealModelsSharedDataTest {
  private static final double[] IMAGENET_MEAN = {.485, .456, .406};
  private static final double[] IMAGENET_STD = {.229, .224, .225};
  private static final double[] CIFAR_MEAN = {.4914, .4822, .4465};
  private static final double[] CIFAR_STD = {.2471, .2435, .2616};

  private final Path folder = Path.of(System.getProperty("topolip.shared", "")).resolve("data");

  private Dataset cifar10() throws IOException {
    return DataSource.parse("cifar10:" + folder.resolve("cifar10-small.tar.gz"))
        .open(Split.TEST, 0);
  }

  private OnnxModel open(String name, double @Nullable [] mean, double @Nullable [] std)
      throws IOException {
    return OnnxModel.open(
        folder.resolve("models").resolve(name + ".onnx"),
        new OnnxModel.Options(list(mean), list(std), null, 2));
  }

  private static @Nullable List<Double> list(double @Nullable [] values) {
    return values == null ? null : IntStream.range(0, 3).mapToObj(i -> values[i]).toList();
  }

  private void assertLogits(OnnxModel model, String reference) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("models").resolve(reference)))
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] logits =
        model.forward(cifar10().read(IntStream.range(0, 64).toArray()), List.of()).logits();
    assertThat(bytes.remaining()).isEqualTo(Float.BYTES * logits.length);
    for (float logit : logits) {
      assertThat((double) logit).isCloseTo(bytes.getFloat(), within(1e-4));
    }
  }

  private int correct(OnnxModel model) throws IOException {
    Dataset data = cifar10();
    int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
    Accuracy accuracy =
        Evaluation.accuracy(
            model,
            labels,
            (from, to) -> data.read(IntStream.range(from, to).toArray()),
            Progress.NONE);
    return accuracy.correct();
  }

  private static List<String> auto(OnnxModel model) {
    return TapSelection.select(model.taps(), "auto").stream().map(Tap::name).toList();
  }

  @Test
  void resnet20IsPyTorchs() throws IOException {
    try (OnnxModel model = open("akamaster_resnet20_in01_op13", null, null)) {
      assertLogits(model, "akamaster_resnet20.logits_64x10.f32le");
      assertThat(correct(model)).isEqualTo(915);
      assertThat(auto(model))
          .containsExactly(
              "input",
              "/m/Relu_output_0",
              "/m/layer1/layer1.0/Relu_1_output_0",
              "/m/layer1/layer1.1/Relu_1_output_0",
              "/m/layer1/layer1.2/Relu_1_output_0",
              "/m/layer2/layer2.0/Relu_1_output_0",
              "/m/layer2/layer2.1/Relu_1_output_0",
              "/m/layer2/layer2.2/Relu_1_output_0",
              "/m/layer3/layer3.0/Relu_1_output_0",
              "/m/layer3/layer3.1/Relu_1_output_0",
              "/m/layer3/layer3.2/Relu_1_output_0",
              "logits");
    }
  }

  @Test
  void normalisationInFrontGivesTheSameLogits() throws IOException {
    for (String name : List.of("akamaster_resnet20_op13", "akamaster_resnet20_unfusedbn_op13")) {
      try (OnnxModel model = open(name, IMAGENET_MEAN, IMAGENET_STD)) {
        assertLogits(model, "akamaster_resnet20.logits_64x10.f32le");
        assertThat(auto(model)).hasSize(12);
      }
    }
  }

  @Test
  void visionTransformerHasOneTapABlockFromBothExporters() throws IOException {
    for (String name : List.of("vit_cifar10_op17", "vit_cifar10_dynamo")) {
      try (OnnxModel model = open(name, null, null)) {
        assertLogits(model, "vit_cifar10.logits_64x10.f32le");
        assertThat(correct(model)).isEqualTo(636);
        List<Tap> taps = TapSelection.select(model.taps(), "auto");
        // Input, embedding, six blocks, final normalisation, logits.
        assertThat(taps).hasSize(10);
        assertThat(taps.subList(2, 8))
            .allSatisfy(tap -> assertThat(tap.shape()).containsExactly(65, 96))
            .allSatisfy(tap -> assertThat(tap.parameters()).isEqualTo(74784));
        assertThat(taps.get(8).kind()).isEqualTo("LayerNormalization");
      }
    }
  }

  @Test
  void adversariallyTrainedResnetIsPyTorchs() throws IOException {
    try (OnnxModel model = open("abcrown_resnet2b_adv_op13", CIFAR_MEAN, CIFAR_STD)) {
      assertLogits(model, "abcrown_resnet2b_adv.logits_64x10.f32le");
      assertThat(correct(model)).isEqualTo(703);
      assertThat(auto(model))
          .containsExactly(
              "input",
              "/Relu_output_0",
              "/layer1/layer1.0/Relu_1_output_0",
              "/layer1/layer1.1/Relu_1_output_0",
              "logits");
    }
  }

  @Test
  void oldPlainNetworkHasATapPerWeightLayer() throws IOException {
    try (OnnxModel model =
        OnnxModel.open(folder.resolve("models/tribuo_cnn_mnist.onnx"), OnnxModel.Options.plain())) {
      assertThat(auto(model))
          .containsExactly("input_image", "11", "14", "18", "20", "output_probs");
    }
  }
}
