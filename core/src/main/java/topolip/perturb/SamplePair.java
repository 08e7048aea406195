package topolip.perturb;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.dataset.Sampling;
import topolip.perturb.corruption.CommonCorruption;

/// A class-balanced sample of a data set and, if asked for, its perturbed counterpart.
///
/// The clean images depend on the seed alone, whatever the perturbation.
public final class SamplePair {
  private final Dataset dataset;
  private final int[] clean;
  private final int[] counterpart;
  private final Counterpart perturbed;

  private SamplePair(Dataset dataset, int[] clean, int[] counterpart, Counterpart perturbed) {
    this.dataset = dataset;
    this.clean = clean;
    this.counterpart = counterpart;
    this.perturbed = perturbed;
  }

  private interface Counterpart {
    Images read(int[] indices) throws IOException;
  }

  /// @param perturbation null for a sample without a counterpart
  /// @throws IllegalArgumentException if the data set has too few images
  /// @throws IOException if stored images do not match the data set
  public static SamplePair of(
      Dataset dataset, int count, @Nullable Perturbation perturbation, long seed)
      throws IOException {
    int draws = perturbation instanceof SecondSample ? 2 : 1;
    List<int[]> samples = Sampling.balanced(dataset, count, draws, seed);
    Counterpart perturbed =
        switch (perturbation) {
          case Noise noise -> indices -> noise.apply(dataset.read(indices), indices, seed);
          case Corrupted corrupted -> corrupted(dataset, corrupted.of(dataset.shape()), seed);
          case Stored stored -> stored.open(dataset)::read;
          case SecondSample _ -> dataset::read;
          case null ->
              _ -> {
                throw new IllegalStateException("there is no perturbation");
              };
        };
    return new SamplePair(dataset, samples.getFirst(), samples.getLast(), perturbed);
  }

  private static Counterpart corrupted(Dataset dataset, CommonCorruption corruption, long seed) {
    return indices -> corruption.apply(dataset.read(indices), indices, seed);
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
    return perturbed.read(Arrays.copyOfRange(counterpart, from, to));
  }

  /// The classes of the clean samples.
  public int[] cleanLabels() {
    return Arrays.stream(clean).map(dataset::label).toArray();
  }

  /// The classes of the counterparts.
  public int[] perturbedLabels() {
    return Arrays.stream(counterpart).map(dataset::label).toArray();
  }
}
