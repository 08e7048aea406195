package topolip.perturb;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.dataset.Sampling;

/// A class-balanced sample of a data set, and its perturbed counterpart.
///
/// Clean images depend on the seed alone, whatever the perturbation.
public final class SamplePair {
  private final Dataset dataset;
  private final int[] clean;
  private final int[] counterpart;
  private final @Nullable Perturbation perturbation;
  private final long seed;

  private SamplePair(
      Dataset dataset,
      int[] clean,
      int[] counterpart,
      @Nullable Perturbation perturbation,
      long seed) {
    this.dataset = dataset;
    this.clean = clean;
    this.counterpart = counterpart;
    this.perturbation = perturbation;
    this.seed = seed;
  }

  /// @param perturbation null for a sample without a counterpart
  /// @throws IllegalArgumentException if the data set has too few images
  public static SamplePair of(
      Dataset dataset, int count, @Nullable Perturbation perturbation, long seed) {
    if (perturbation instanceof SecondSample) {
      List<int[]> draws = Sampling.balanced(dataset, count, 2, seed);
      return new SamplePair(dataset, draws.get(0), draws.get(1), perturbation, seed);
    }
    int[] drawn = Sampling.balanced(dataset, count, 1, seed).getFirst();
    return new SamplePair(dataset, drawn, drawn, perturbation, seed);
  }

  public int count() {
    return clean.length;
  }

  /// The clean samples from `from` to before `to`.
  public Images clean(int from, int to) throws IOException {
    return dataset.read(Arrays.copyOfRange(clean, from, to));
  }

  /// Their counterparts.
  ///
  /// @throws IllegalStateException if there is no perturbation
  public Images perturbed(int from, int to) throws IOException {
    int[] ids = Arrays.copyOfRange(counterpart, from, to);
    return switch (perturbation) {
      case Noise noise -> noise.apply(dataset.read(ids), ids, seed);
      case Stored stored -> stored.read(dataset, ids);
      case SecondSample _ -> dataset.read(ids);
      case null -> throw new IllegalStateException("there is no perturbation");
    };
  }

  /// The classes of the counterparts.
  public int[] perturbedLabels() {
    return Arrays.stream(counterpart).map(dataset::label).toArray();
  }
}
