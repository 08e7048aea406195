package topolip.torch.onnx;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.dataset.Split;
import topolip.model.CrossEntropy;
import topolip.model.Forward;
import topolip.model.Tap;
import topolip.onnx.OnnxModel;

/// Trained models give PyTorch's logits and input gradients, and ONNX Runtime's activations.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class RealModelsSharedDataTest {
  private static final List<Double> IMAGENET_MEAN = List.of(.485, .456, .406);
  private static final List<Double> IMAGENET_STD = List.of(.229, .224, .225);
  private static final List<Double> CIFAR_MEAN = List.of(.4914, .4822, .4465);
  private static final List<Double> CIFAR_STD = List.of(.2471, .2435, .2616);
  private static final Path DATA =
      Path.of(System.getProperty("topolip.shared", "")).resolve("data");

  /// A model, what stands in front of it, and whose reference files it must agree with.
  record File(
      String name, @Nullable List<Double> mean, @Nullable List<Double> std, String reference) {
    private Path path() {
      return DATA.resolve("models").resolve(name + ".onnx");
    }

    private DifferentiableOnnx open(Precision precision) throws IOException {
      return DifferentiableOnnx.open(
          path(), new DifferentiableOnnx.Options(mean, std, null, 2, precision));
    }

    private Dataset data() throws IOException {
      return equals(TRIBUO)
          ? DataSource.parse("idx:" + DATA.resolve("fashion-mnist-small.tar.gz"))
              .open(Split.TEST, 0)
          : DataSource.parse("cifar10:" + DATA.resolve("cifar10-small.tar.gz")).open(Split.TEST, 0);
    }
  }

  private static final File VIT = new File("vit_cifar10_op17", null, null, "vit_cifar10");
  private static final File TRIBUO =
      new File("tribuo_cnn_mnist", List.of(.1307), List.of(.3081), "");

  static List<File> files() {
    String resnet20 = "akamaster_resnet20";
    return List.of(
        new File("akamaster_resnet20_in01_op13", null, null, resnet20),
        new File("akamaster_resnet20_op13", IMAGENET_MEAN, IMAGENET_STD, resnet20),
        new File("akamaster_resnet20_unfusedbn_op13", IMAGENET_MEAN, IMAGENET_STD, resnet20),
        new File("abcrown_resnet2b_adv_op13", CIFAR_MEAN, CIFAR_STD, "abcrown_resnet2b_adv"),
        new File("abcrown_resnet4b_adv_in01_op13", null, null, ""),
        TRIBUO,
        VIT,
        new File("vit_cifar10_dynamo", null, null, "vit_cifar10"));
  }

  static List<File> filesWithReference() {
    return files().stream().filter(file -> !file.reference.isEmpty()).toList();
  }

  private static float[] floats(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(DATA.resolve("models").resolve(name)));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static double largest(float[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> Math.abs(values[i]))
        .max()
        .orElseThrow();
  }

  private static void assertClose(String what, float[] values, float[] expected, double tolerance) {
    assertThat(values).as(what).hasSameSizeAs(expected);
    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = Math.abs((double) values[i] - expected[i]);
      // NaN, too, is worse than anything before it.
      worst = difference <= worst ? worst : difference;
    }
    assertThat(worst).as(what).isLessThanOrEqualTo(tolerance);
  }

  @ParameterizedTest
  @MethodSource("filesWithReference")
  void logitsAndInputGradientsArePyTorchs(File file) throws IOException {
    for (Precision precision : Precision.values()) {
      assertReference(file, precision);
    }
  }

  private static void assertReference(File file, Precision precision) throws IOException {
    float[] logits = floats(file.reference + ".logits_64x10.f32le");
    float[] gradients = floats(file.reference + ".inputgrad_8x3x32x32.f32le");
    Dataset data = file.data();
    try (DifferentiableOnnx model = file.open(precision)) {
      Images images = data.read(IntStream.range(0, 64).toArray());
      assertClose("logits", model.forward(images, List.of()).logits(), logits, 1e-4);
      Images first = data.read(IntStream.range(0, 8).toArray());
      int[] labels = IntStream.range(0, 8).map(data::label).toArray();
      float[] found = model.lossGradient(first, CrossEntropy.of(labels)).gradients();
      assertClose("gradients", found, gradients, 1e-3 * largest(gradients));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void tapsAreOnnxRuntimes(File file) throws IOException {
    try (DifferentiableOnnx model = file.open(Precision.FLOAT32);
        OnnxModel runtime =
            OnnxModel.open(file.path(), new OnnxModel.Options(file.mean, file.std, null, 2))) {
      assertThat(model.taps()).isEqualTo(runtime.taps());
      assertThat(model.sha256()).isEqualTo(runtime.sha256());
      assertThat(model.parameters()).isEqualTo(runtime.parameters());
      Images images = file.data().read(IntStream.range(0, 5).toArray());
      Forward found = model.forward(images, model.taps());
      Forward expected = runtime.forward(images, runtime.taps());
      for (Tap tap : model.taps()) {
        float[] reference = expected.activations().get(tap.index());
        assertClose(
            tap.name(),
            found.activations().get(tap.index()),
            reference,
            1e-5 * Math.max(1, largest(reference)));
      }
    }
  }

  @Test
  void precisionsAgreeButForRounding() throws IOException {
    Dataset data = VIT.data();
    Images images = data.read(new int[] {0, 1});
    try (DifferentiableOnnx single = VIT.open(Precision.FLOAT32);
        DifferentiableOnnx twice = VIT.open(Precision.FLOAT64)) {
      float[] a = single.lossGradient(images, CrossEntropy.of(3, 8)).gradients();
      float[] b = twice.lossGradient(images, CrossEntropy.of(3, 8)).gradients();
      assertClose("gradients", a, b, 1e-5 * largest(b));
      assertThat(a).isNotEqualTo(b);
    }
  }
}
