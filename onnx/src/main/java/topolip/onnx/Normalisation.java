package topolip.onnx;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in front of a model that expects normalised input: (pixel − mean) / std a channel.
record Normalisation(List<Double> mean, List<Double> std) {

  /// @throws IllegalArgumentException if there are not as many values as channels, or a standard
  ///   deviation is not positive
  static Normalisation of(@Nullable List<Double> mean, @Nullable List<Double> std, int channels) {
    Normalisation normalisation =
        new Normalisation(
            mean == null ? Collections.nCopies(channels, 0.0) : mean,
            std == null ? Collections.nCopies(channels, 1.0) : std);
    if (normalisation.mean.size() != channels || normalisation.std.size() != channels) {
      throw new IllegalArgumentException(
          "mean has %d values and std %d, but the model takes images of %d channels"
              .formatted(normalisation.mean.size(), normalisation.std.size(), channels));
    }
    if (!normalisation.mean.stream().allMatch(Double::isFinite)
        || !normalisation.std.stream().allMatch(s -> s > 0 && s < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "mean must be finite and std positive: %s, %s"
              .formatted(normalisation.mean, normalisation.std));
    }
    return normalisation;
  }

  /// Whether it changes nothing.
  boolean isIdentity() {
    return mean.stream().allMatch(m -> m == 0) && std.stream().allMatch(s -> s == 1);
  }

  /// Normalises one image, `(channels, height, width)`.
  void apply(float[] source, int from, float[] target, int to, int size) {
    int plane = size / mean.size();
    for (int c = 0; c < mean.size(); c++) {
      float centre = mean.get(c).floatValue();
      float spread = std.get(c).floatValue();
      for (int p = c * plane; p < (c + 1) * plane; p++) {
        target[to + p] = (source[from + p] - centre) / spread;
      }
    }
  }
}
