package topolip.perturb;

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

  /// L64X128MixRandom, started at the seed and the id: other seeds and ids give other streams.
  private static UniformRandomProvider generator(long seed, int id) {
    return RandomSource.L64_X128_MIX.create(new long[] {id, 1, seed, 0x9E3779B97F4A7C15L});
  }
}
