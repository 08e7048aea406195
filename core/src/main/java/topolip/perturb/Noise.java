package topolip.perturb;

import org.apache.commons.rng.UniformRandomProvider;
import topolip.dataset.Images;
import topolip.dataset.SampleRandom;

/// Independent noise on every value of an image, clipped to [0, 1].
public sealed interface Noise extends Perturbation permits GaussianNoise, UniformNoise, SaltPepper {

  /// A value with noise, not yet clipped.
  double noisy(double value, UniformRandomProvider random);

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
      UniformRandomProvider random = SampleRandom.of(seed, ids[i]);
      for (int k = i * size; k < (i + 1) * size; k++) {
        noisy[k] = (float) Math.clamp(noisy(noisy[k], random), 0, 1);
      }
    }
    return Images.wrap(clean.shape(), noisy);
  }
}
