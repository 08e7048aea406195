package topolip.perturb;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import topolip.dataset.Dataset;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.dataset.Sampling;
import topolip.engine.Progress;
import topolip.model.Model;
import topolip.perturb.attack.Points;
import topolip.perturb.attack.Suite;
import topolip.perturb.attack.SuiteCheckpoint;
import topolip.perturb.corruption.CommonCorruption;

/// A class-balanced sample of a data set and, if asked for, its perturbed counterpart.
///
/// The clean images depend on the seed alone, whatever the perturbation.
public final class SamplePair {
  private static final int BATCH = 64;

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

  /// Images are corrupted by all cores.
  ///
  /// @param perturbation null for a sample without a counterpart
  /// @throws IllegalArgumentException if the data set has too few images
  /// @throws IOException if stored images do not match the data set
  public static SamplePair of(
      Dataset dataset, int count, @Nullable Perturbation perturbation, long seed)
      throws IOException {
    return of(dataset, count, perturbation, seed, Runtime.getRuntime().availableProcessors());
  }

  /// The same, with images corrupted by so many threads.
  public static SamplePair of(
      Dataset dataset, int count, @Nullable Perturbation perturbation, long seed, int threads)
      throws IOException {
    int draws = perturbation instanceof SecondSample ? 2 : 1;
    List<int[]> samples = Sampling.balanced(dataset, count, draws, seed);
    Counterpart perturbed =
        switch (perturbation) {
          case Noise noise -> indices -> noise.apply(dataset.read(indices), indices, seed);
          case Corrupted corrupted ->
              corrupted(dataset, corrupted.of(dataset.shape()), seed, threads);
          case Stored stored -> stored.open(dataset)::read;
          case SecondSample _ -> dataset::read;
          case null ->
              _ -> {
                throw new IllegalStateException("there is no perturbation");
              };
        };
    return new SamplePair(dataset, samples.getFirst(), samples.getLast(), perturbed);
  }

  /// The same sample, and what attacks make of it: whatever the model classifies wrongly stays as
  /// it is. A point is attacked when it is first asked for; its image depends on the seed and its
  /// index alone.
  ///
  /// @throws IllegalArgumentException if the data set has too few images, or an attack cannot be
  ///   run on the model
  /// @throws IOException if images cannot be read
  public static SamplePair attacked(
      Dataset dataset, int count, Model model, Suite suite, long seed, Progress progress)
      throws IOException {
    int[] sample = Sampling.balanced(dataset, count, 1, seed).getFirst();
    Map<Integer, float[]> found = new HashMap<>();
    Counterpart adversarial =
        indices -> {
          int[] left = Arrays.stream(indices).filter(i -> !found.containsKey(i)).toArray();
          if (left.length > 0) {
            suite
                .run(model, Points.of(dataset, left), seed, SuiteCheckpoint.NONE, progress)
                .points()
                .forEach(point -> found.put(point.id(), point.image()));
          }
          return joined(dataset.shape(), indices, found);
        };
    return new SamplePair(dataset, sample, sample, adversarial);
  }

  private static Images joined(ImageShape shape, int[] indices, Map<Integer, float[]> images) {
    float[] values = new float[Math.multiplyExact(indices.length, shape.values())];
    for (int i = 0; i < indices.length; i++) {
      float[] image = Objects.requireNonNull(images.get(indices[i]));
      System.arraycopy(image, 0, values, i * image.length, image.length);
    }
    return Images.wrap(shape, values);
  }

  private static Counterpart corrupted(
      Dataset dataset, CommonCorruption corruption, long seed, int threads) {
    return indices -> corruption.apply(dataset.read(indices), indices, seed, threads);
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

  /// How far a clean sample and its counterpart are apart at most: max‖x − x′‖, Euclidean.
  ///
  /// @throws IllegalStateException if there is no perturbation
  public double largestDistance() throws IOException {
    double largest = 0;
    int size = dataset.shape().values();
    for (int from = 0; from < count(); from += BATCH) {
      int to = Math.min(from + BATCH, count());
      float[] x = clean(from, to).values();
      float[] y = perturbed(from, to).values();
      for (int i = 0; i < to - from; i++) {
        largest = Math.max(largest, distance(x, y, i * size, size));
      }
    }
    return largest;
  }

  private static double distance(float[] x, float[] y, int from, int size) {
    double sum = 0;
    for (int k = from; k < from + size; k++) {
      double difference = (double) x[k] - y[k];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
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
