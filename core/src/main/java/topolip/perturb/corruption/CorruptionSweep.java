package topolip.perturb.corruption;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import topolip.dataset.Dataset;
import topolip.dataset.Sampling;
import topolip.engine.Progress;
import topolip.geometry.Workers;
import topolip.model.Evaluation;
import topolip.model.Model;

/// Measures how often models err under corruptions.
///
/// @param corruptions which ones
/// @param size of images whose parameters are taken
/// @param textures of frost
/// @param seed of the random numbers
/// @param threads that corrupt images; errors do not depend on them
public record CorruptionSweep(
    List<Corruption> corruptions, int size, FrostTextures textures, long seed, int threads) {

  public CorruptionSweep {
    corruptions = List.copyOf(corruptions);
    Workers.requirePositive(threads);
  }

  /// The errors of a model at every severity, and without corruption.
  ///
  /// @param indices of the images
  /// @throws IllegalArgumentException if there are no images, labels are no classes of the model,
  ///   or the images are not square RGB images
  /// @throws IOException if images cannot be read
  public CorruptionErrors errors(Model model, Dataset dataset, Progress progress, int... indices)
      throws IOException {
    if (indices.length == 0) {
      throw new IllegalArgumentException("there are no images");
    }
    int[] labels = Arrays.stream(indices).map(dataset::label).toArray();
    double clean =
        1
            - Evaluation.accuracy(
                    model,
                    labels,
                    (from, to) -> dataset.read(Arrays.copyOfRange(indices, from, to)),
                    progress)
                .share();
    Map<Corruption, List<Double>> errors = new TreeMap<>();
    for (Corruption corruption : corruptions) {
      FrostTextures of = corruption == Corruption.FROST ? textures : new FrostTextures.Procedural();
      List<Double> severities = new ArrayList<>();
      for (int severity = 1; severity <= Severities.COUNT; severity++) {
        CommonCorruption common = new CommonCorruption(corruption, severity, size, of);
        double share =
            Evaluation.accuracy(
                    model,
                    labels,
                    (from, to) -> {
                      int[] some = Arrays.copyOfRange(indices, from, to);
                      return common.apply(dataset.read(some), some, seed, threads);
                    },
                    progress)
                .share();
        severities.add(1 - share);
      }
      errors.put(corruption, severities);
    }
    return new CorruptionErrors(model.name(), clean, errors);
  }

  /// The errors of a model on published images.
  ///
  /// @param clean the images without corruption
  /// @throws IOException if images cannot be read
  public static CorruptionErrors errors(
      Model model, Dataset clean, PublishedCorruptions published, Progress progress)
      throws IOException {
    Map<Corruption, List<Double>> errors = new TreeMap<>();
    for (Corruption corruption : published.available()) {
      List<Double> severities = new ArrayList<>();
      for (int severity = 1; severity <= Severities.COUNT; severity++) {
        severities.add(error(model, published.open(corruption, severity), progress));
      }
      errors.put(corruption, severities);
    }
    return new CorruptionErrors(model.name(), error(model, clean, progress), errors);
  }

  private static double error(Model model, Dataset dataset, Progress progress) throws IOException {
    int[] indices = Sampling.all(dataset);
    int[] labels = Arrays.stream(indices).map(dataset::label).toArray();
    return 1
        - Evaluation.accuracy(
                model,
                labels,
                (from, to) -> dataset.read(Arrays.copyOfRange(indices, from, to)),
                progress)
            .share();
  }
}
