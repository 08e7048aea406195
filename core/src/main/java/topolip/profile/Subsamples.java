package topolip.profile;

import java.io.Serializable;
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
///
/// @param share m/n of the subsamples, 1 when there are none
/// @param replicates indices in increasing order, one array a replicate
record Subsamples(double share, List<int[]> replicates) implements Serializable {
  private static final int FEWEST = 3;

  static Subsamples of(int samples, ProfileOptions options) {
    int size = Math.toIntExact(Math.round(options.subsampleSize() * samples));
    if (options.subsamples() > 0) {
      requireSize(samples, size, options.subsampleSize());
    }
    List<int[]> replicates = new ArrayList<>();
    replicates.add(IntStream.range(0, samples).toArray());
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int r = 0; r < options.subsamples(); r++) {
      replicates.add(draw(samples, size, random.split()));
    }
    return new Subsamples(options.subsamples() == 0 ? 1 : (double) size / samples, replicates);
  }

  /// How many replicates there are, the whole sample included.
  int count() {
    return replicates.size();
  }

  /// What to call a replicate in messages.
  static String name(int replicate) {
    return replicate == 0 ? "whole sample" : "subsample " + replicate;
  }

  private static void requireSize(int samples, int size, double share) {
    if (size < FEWEST) {
      throw new IllegalArgumentException(
          "%d samples are too few for subsamples of %s; take at least %d"
              .formatted(samples, share, (int) Math.ceil(FEWEST / share)));
    }
    if (size == samples) {
      throw new IllegalArgumentException(
          "subsamples of %s of %d samples are the whole sample; take a smaller share"
              .formatted(share, samples));
    }
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
