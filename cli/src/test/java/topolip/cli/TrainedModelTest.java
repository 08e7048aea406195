package topolip.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import topolip.onnx.OnnxModel;

/// Runs the program on a trained network of three convolutions for `shapes`.
abstract class TrainedModelTest extends ProgramTest {
  Path model = Path.of("");

  @BeforeEach
  void unpackModel() throws IOException {
    model = folder.resolve("conv.onnx");
    try (InputStream in = OnnxModel.class.getResourceAsStream("shapes-convolution.onnx")) {
      Files.copy(Objects.requireNonNull(in), model);
    }
  }

  final String[] measuring(String data, String samples) {
    return new String[] {
      "measure", model.toString(), "--data", data, "--samples", samples, "--out", path("run")
    };
  }

  final String[] measure(String... more) {
    String[] quick = {"--subsamples", "3", "--accuracy-samples", "50"};
    return concat(concat(measuring("shapes", "30"), quick), more);
  }
}
