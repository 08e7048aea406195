package topolip.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topolip.dataset.DataSource;

/// How images of a folder are brought to one size.
final class FitOptions {
  @Option(
      names = "--resize",
      paramLabel = "N",
      description = "images: only: resize the shorter side to N pixels.")
  @Nullable Integer resize;

  @Option(
      names = "--crop",
      paramLabel = "N",
      description = "images: only: crop the centre to N x N pixels.")
  @Nullable Integer crop;

  /// The same data, resized and cropped if asked for.
  DataSource fitted(DataSource source) {
    return resize == null && crop == null ? source : source.fitted(resize, crop);
  }
}
