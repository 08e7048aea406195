package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;

/// ONNX Runtime computes the logits of exported networks, for any batch.
class ModelExportTest {
  @TempDir Path folder;

  private static float[] logits(Path file, Images images) throws OrtException {
    ImageShape shape = images.shape();
    long[] sides = {images.count(), shape.channels(), shape.height(), shape.width()};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(images.values()), sides);
        OrtSession.Result result = session.run(Map.of("images", input))) {
      FloatBuffer buffer = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
      float[] logits = new float[buffer.remaining()];
      buffer.get(logits);
      return logits;
    }
  }

  @Test
  void onnxRuntimeComputesTheSameLogits() throws IOException, OrtException {
    for (Network network : Networks.all()) {
      NetworkWeights weights = HashedValues.weights(network);
      Path file = folder.resolve("model.onnx");
      ModelExport.onnx(file, weights);
      try (TorchModel model = TorchModel.of("model", weights, 1)) {
        for (int count : new int[] {1, 3}) {
          Images images = HashedValues.images(network.input(), count);
          float[] expected = model.forward(images, List.of()).logits();
          float[] found = logits(file, images);
          assertThat(found).as(network.toString()).hasSameSizeAs(expected);
          for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as(network.toString()).isCloseTo(expected[i], within(1e-4f));
          }
        }
      }
      Files.delete(file);
    }
  }
}
