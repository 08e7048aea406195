package topolip.perturb;

import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import topolip.dataset.Images;

/// Independent noise on every value of an image, clipped to [0, 1].
public sealed interface Noise extends Perturbation permits GaussianNoise, UniformNoise {

  /// One value of the noise.
  double draw(UniformRandomProvider random);

  /// A noisy copy of images.
  ///
  /// @param ids one an image: its noise depends on the seed and its id alone, not on the batch
  default Images apply(Images clean, int[] ids, long seed) {
    if (ids.length != clean.count()) {
      throw new IllegalArgumentException(
          "%d ids for %d images".formatted(ids.length, clean.count()));
    }
    float[] noisy = clean.values().clone();
    int size = clean.shape().values();
    for (int i = 0; i < ids.length; i++) {
      UniformRandomProvider random = generator(seed, ids[i]);
      for (int k = i * size; k < (i + 1) * size; k++) {
        noisy[k] = (float) Math.clamp(noisy[k] + draw(random), 0, 1);
      }
    }
    return Images.wrap(clean.shape(), noisy);
  }

  /// L64X128MixRandom, all of whose state is hashed from the seed and the id. (Its first word is
  /// the increment of a linear generator: ids put there as they are would share their lowest bit.)
  private static UniformRandomProvider generator(long seed, int id) {
    SplittableRandom words = new SplittableRandom(new SplittableRandom(seed).nextLong() + id);
    return RandomSource.L64_X128_MIX.create(words.longs(4).toArray());
  }
}
