package topolip.dataset;

import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// The random numbers of one sample: they depend on a seed and the sample's id alone, not on the
/// batch it is in.
public final class SampleRandom {
  private SampleRandom() {}

  /// L64X128MixRandom, all of whose state is hashed from the seed and the id. (Its first word is
  /// the increment of a linear generator: ids put there as they are would share their lowest bit.)
  public static UniformRandomProvider of(long seed, int id) {
    SplittableRandom words = new SplittableRandom(new SplittableRandom(seed).nextLong() + id);
    return RandomSource.L64_X128_MIX.create(words.longs(4).toArray());
  }
}
