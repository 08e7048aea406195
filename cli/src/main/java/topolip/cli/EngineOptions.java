package topolip.cli;

import java.io.IOException;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import topolip.dataset.ImageShape;
import topolip.model.Model;

/// What runs ONNX models.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EngineOptions {
  /// The engines, as written on the command line.
  enum Engine {
    AUTO,
    ONNXRUNTIME,
    TORCH
  }

  @Option(
      names = "--engine",
      paramLabel = "E",
      defaultValue = "auto",
      description =
          "What runs ONNX files: onnxruntime, without gradients; torch (libtorch), with gradients;"
              + " auto: torch where gradients are needed, else onnxruntime (default:"
              + " ${DEFAULT-VALUE}).")
  Engine engine;

  /// Opens a model.
  ///
  /// @param gradients whether they are needed
  /// @param tell is told when another engine is taken than one may expect
  /// @throws IOException if the file is not what it should be, or has operators that libtorch's
  ///   executor does not know where it is needed
  Model open(
      ModelFile file,
      NormalisationOptions normalisation,
      ImageShape data,
      int threads,
      boolean gradients,
      Consumer<String> tell)
      throws IOException {
    boolean torch = engine == Engine.TORCH || (engine == Engine.AUTO && gradients);
    if (engine == Engine.AUTO && !gradients && file.isOnnx()) {
      tell.accept(file.name() + ": run by ONNX Runtime, since no gradients are needed");
    }
    return torch
        ? file.openWithGradients(normalisation, data, threads)
        : file.open(normalisation, data, threads);
  }
}
