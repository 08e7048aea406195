package topolip.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is put in front of models that expect normalised input.
final class NormalisationOptions {
  @Option(
      names = "--mean",
      paramLabel = "M,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "Mean a channel, subtracted from the pixels in front of the model, such as"
              + " 0.4914,0.4822,0.4465; for one model: FILE.onnx?mean=...&std=...")
  @Nullable List<Double> mean;

  @Option(
      names = "--std",
      paramLabel = "S,...",
      hideParamSyntax = true,
      split = ",",
      description = "Standard deviation a channel, by which the pixels are then divided.")
  @Nullable List<Double> std;

  /// Adds every option as resolved.
  void describe(Map<String, Object> options) {
    if (mean != null) {
      options.put("mean", mean);
    }
    if (std != null) {
      options.put("std", std);
    }
  }
}
