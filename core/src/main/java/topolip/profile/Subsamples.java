package topolip.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The samples that each replicate of a profile is made of.
///
/// Replicate 0 is the whole sample; the others are m-out-of-n subsamples drawn without replacement
/// (drawing with replacement would add points at distance zero and so change the homology). They
/// depend on n, m and the seed alone, so that networks measured on the same samples can be compared
/// replicate by replicate.
final class Subsamples {
  private static final int FEWEST = 3;

  private Subsamples() {}

  /// Indices in increasing order, one array a replicate.
  static List<int[]> of(int samples, ProfileOptions options) {
    int size = Math.toIntExact(Math.round(options.subsampleSize() * samples));
    if (options.subsamples() > 0 && size < FEWEST) {
      throw new IllegalArgumentException(
          "%d samples are too few for subsamples of %s; take at least %d"
              .formatted(
                  samples,
                  options.subsampleSize(),
                  (int) Math.ceil(FEWEST / options.subsampleSize())));
    }
    List<int[]> replicates = new ArrayList<>();
    replicates.add(IntStream.range(0, samples).toArray());
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int r = 0; r < options.subsamples(); r++) {
      replicates.add(draw(samples, size, random.split()));
    }
    return replicates;
  }

  /// Selection sampling (Knuth, TAOCP volume 2, algorithm 3.4.2 S).
  private static int[] draw(int samples, int size, SplittableRandom random) {
    int[] drawn = new int[size];
    int count = 0;
    for (int i = 0; count < size; i++) {
      if (random.nextInt(samples - i) < size - count) {
        drawn[count++] = i;
      }
    }
    return drawn;
  }
}
