package topolip.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topolip.dataset.Dataset;
import topolip.dataset.Shapes;
import topolip.dataset.Split;
import topolip.engine.Progress;
import topolip.model.Evaluation;
import topolip.model.Tap;
import topolip.model.TapSelection;

/// The two trained networks of examples/shapes.
class TrainedNetworksTest {
  @TempDir Path folder;

  /// Correct predictions as PyTorch and Python's ONNX Runtime count them:
  /// examples/shapes/README.md.
  @ParameterizedTest
  @CsvSource({"shapes-attention, 1913, 119770", "shapes-convolution, 2000, 120954"})
  void classifyShapesAsInPyTorch(String name, int correct, long parameters) throws IOException {
    Path file = folder.resolve(name + ".onnx");
    try (InputStream in = OnnxModel.class.getResourceAsStream(name + ".onnx")) {
      Files.copy(Objects.requireNonNull(in), file);
    }
    Dataset test = Shapes.of(Split.TEST, 0);
    int[] labels = new int[test.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = test.label(i);
    }
    try (OnnxModel model = OnnxModel.open(file, OnnxModel.Options.plain())) {
      assertThat(model.parameters()).isEqualTo(parameters);
      var accuracy =
          Evaluation.accuracy(
              model,
              labels,
              (from, to) -> {
                int[] indices = new int[to - from];
                java.util.Arrays.setAll(indices, i -> from + i);
                return test.read(indices);
              },
              Progress.NONE);
      assertThat(accuracy.correct()).isEqualTo(correct);
      List<Tap> blocks = TapSelection.select(model.taps(), "auto");
      // Input, stem, six blocks, logits; attention has a final normalisation besides.
      assertThat(blocks).hasSize(name.equals("shapes-attention") ? 10 : 9);
    }
  }
}
