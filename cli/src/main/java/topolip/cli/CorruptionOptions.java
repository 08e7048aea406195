package topolip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topolip.dataset.Dataset;
import topolip.engine.Progress;
import topolip.model.Model;
import topolip.perturb.corruption.Corruption;
import topolip.perturb.corruption.CorruptionBaseline;
import topolip.perturb.corruption.CorruptionErrors;
import topolip.perturb.corruption.CorruptionSweep;
import topolip.perturb.corruption.FrostTextures;
import topolip.perturb.corruption.PublishedCorruptions;
import topolip.perturb.corruption.Severities;

/// Common corruptions at all severities, and what their errors are divided by.
final class CorruptionOptions {
  private static final String ALEXNET = "alexnet";

  @Option(
      names = "--corruptions",
      paramLabel = "C",
      description =
          "Errors under common corruptions at all five severities: benchmark (the 15), or names such"
              + " as fog,jpeg_compression; frost needs --frost, procedural_frost does not. Images of"
              + " a size for which nothing was published take the parameters of another:"
              + " benchmark@32.")
  @Nullable String names;

  @Option(
      names = "--frost",
      paramLabel = "DIR",
      description = "Photographs of frost; without them, benchmark takes procedural_frost instead.")
  @Nullable Path frost;

  @Option(
      names = "--published",
      paramLabel = "DIR",
      description = "Errors on published corrupted images: a folder of CIFAR-10-C or CIFAR-100-C.")
  @Nullable Path published;

  @Option(
      names = "--baseline",
      paramLabel = "B",
      description =
          "What errors are divided by for mCE: the name of a model of this run, or alexnet, which"
              + " is one for ImageNet-C alone.")
  @Nullable String baseline;

  boolean asked() {
    return names != null || published != null;
  }

  CorruptionErrors errors(
      Model model, Dataset images, int[] indices, long seed, int threads, Progress progress)
      throws IOException {
    if (published != null) {
      return CorruptionSweep.errors(model, images, new PublishedCorruptions(published), progress);
    }
    FrostTextures textures =
        frost == null ? new FrostTextures.Procedural() : FrostTextures.Photographs.in(frost);
    String[] parts = String.valueOf(names).split("@", 2);
    int size = parts.length < 2 ? images.shape().height() : size(parts[1]);
    if (!Severities.sizes().contains(size)) {
      throw new IllegalArgumentException(
          "there are parameters of corruptions for images of %s pixels, not for %s; choose one of them,"
                  .formatted(Severities.sizes(), parts.length < 2 ? images.shape() : size)
              + " such as --corruptions %s@%d".formatted(parts[0], Severities.sizes().getFirst()));
    }
    return new CorruptionSweep(corruptions(parts[0]), size, textures, seed, threads)
        .errors(model, images, progress, indices);
  }

  private static int size(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is no image size".formatted(text), e);
    }
  }

  private List<Corruption> corruptions(String list) {
    if (!list.equals("benchmark")) {
      return Arrays.stream(list.split(",")).map(Corruption::parse).toList();
    }
    List<Corruption> all = new ArrayList<>(Corruption.benchmark());
    if (frost == null) {
      all.replaceAll(c -> c == Corruption.FROST ? Corruption.PROCEDURAL_FROST : c);
    }
    return all;
  }

  /// @throws IllegalArgumentException if the baseline is neither AlexNet nor one of these models
  void requireBaseline(List<String> models) {
    if (baseline != null && !baseline.equals(ALEXNET) && !models.contains(baseline)) {
      throw new IllegalArgumentException(
          "'%s' is no baseline; expected alexnet or one of %s".formatted(baseline, models));
    }
  }

  /// What the errors of models are divided by; null for nothing.
  ///
  /// @param models the errors of this run by the model's name
  @Nullable CorruptionBaseline baseline(Map<String, CorruptionErrors> models) {
    if (baseline == null) {
      return null;
    }
    CorruptionErrors own = models.get(baseline);
    return own == null ? CorruptionBaseline.alexNet() : CorruptionBaseline.of(own);
  }

  /// Adds every option as resolved.
  void describe(Map<String, Object> options) {
    put(options, "corruptions", names);
    put(options, "frost", frost);
    put(options, "published", published);
    put(options, "baseline", baseline);
  }

  private static void put(Map<String, Object> options, String name, @Nullable Object value) {
    if (value != null) {
      options.put(name, value.toString());
    }
  }
}
