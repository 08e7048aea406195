package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.dataset.Split;
import topolip.model.CrossEntropy;
import topolip.model.LossGradient;

/// A trained ResNet-20 gives PyTorch's logits and input gradients.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class AkamasterSharedDataTest {
  private static final Path DATA =
      Path.of(System.getProperty("topolip.shared", "")).resolve("data");

  /// Its weights, out of the ONNX file that has them by their names.
  static NetworkWeights weights() throws IOException {
    ModelProto model =
        ModelProto.parseFrom(
            Files.readAllBytes(DATA.resolve("models/akamaster_resnet20_unfusedbn_op13.onnx")));
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      float[] values = new float[tensor.getRawData().size() / Float.BYTES];
      ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      raw.asFloatBuffer().get(values);
      List<Integer> shape = tensor.getDimsList().stream().map(Math::toIntExact).toList();
      arrays.put(tensor.getName().replace("linear.", "fc."), FloatArray.wrap(shape, values));
    }
    Network network =
        new Network(
            new ResNet(
                ResNet.Block.BASIC,
                List.of(3, 3, 3),
                16,
                ResNet.Stem.SMALL,
                ResNet.Shortcut.PADDED),
            new ImageShape(3, 32, 32),
            10,
            new Normalisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)));
    return NetworkWeights.of(network, arrays);
  }

  private static float[] floats(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(DATA.resolve("models").resolve(name)));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  @Test
  void logitsAndGradientsAreThoseOfPyTorch() throws IOException {
    Dataset data = new DataSource.Cifar10(DATA.resolve("cifar10-small.tar.gz")).open(Split.TEST, 0);
    Images images = data.read(IntStream.range(0, 64).toArray());
    float[] logits = floats("akamaster_resnet20.logits_64x10.f32le");
    float[] gradients = floats("akamaster_resnet20.inputgrad_8x3x32x32.f32le");
    try (TorchModel model = TorchModel.of("resnet20", weights(), 2)) {
      assertClose(model.forward(images, List.of()).logits(), logits, 1e-4);
      Images first = data.read(IntStream.range(0, 8).toArray());
      int[] labels = IntStream.range(0, 8).map(data::label).toArray();
      LossGradient gradient = model.lossGradient(first, CrossEntropy.of(labels));
      double largest =
          IntStream.range(0, gradients.length)
              .mapToDouble(i -> Math.abs(gradients[i]))
              .max()
              .orElseThrow();
      assertClose(gradient.gradients(), gradients, 1e-3 * largest);
    }
  }

  private static void assertClose(float[] values, float[] expected, double tolerance) {
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) values[i]).isCloseTo(expected[i], within(tolerance));
    }
    assertThat(Arrays.equals(values, new float[values.length])).isFalse();
  }
}
