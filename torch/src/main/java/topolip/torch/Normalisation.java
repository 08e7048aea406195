package topolip.torch;

import java.util.Collections;
import java.util.List;

/// What a network does to images in [0, 1] first: (pixel − mean) / std, one value a channel.
public record Normalisation(List<Double> mean, List<Double> std) {

  /// @throws IllegalArgumentException if they differ in length, or a value is not finite, or a
  ///   standard deviation not positive
  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != std.size()) {
      throw new IllegalArgumentException(
          "mean has %d values, but std %d".formatted(mean.size(), std.size()));
    }
    if (!mean.stream().allMatch(Double::isFinite)
        || !std.stream().allMatch(s -> s > 0 && s < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "mean must be finite and std positive: %s, %s".formatted(mean, std));
    }
  }

  /// The same for all channels.
  public static Normalisation of(int channels, double mean, double std) {
    return new Normalisation(
        Collections.nCopies(channels, mean), Collections.nCopies(channels, std));
  }

  boolean isIdentity() {
    return mean.stream().allMatch(m -> m == 0) && std.stream().allMatch(s -> s == 1);
  }
}
