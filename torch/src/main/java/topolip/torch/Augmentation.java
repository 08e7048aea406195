package topolip.torch;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;

/// How training images are varied.
///
/// @param flip left to right, every other time
/// @param crop pixels of zeros around the image, out of which one of its size is cut
/// @param noise standard deviation of normal noise on each pixel, which is then cut to [0, 1]
public record Augmentation(boolean flip, int crop, double noise) {

  public Augmentation {
    if (crop < 0) {
      throw new IllegalArgumentException("crop must be at least 0: " + crop);
    }
    Recipe.requireAtLeastZero("noise", noise);
  }

  /// Varied copies: each depends on its id, the epoch and the seed alone.
  Images apply(Images images, int[] ids, int epoch, long seed) {
    ImageShape shape = images.shape();
    float[] varied = new float[images.values().length];
    for (int i = 0; i < ids.length; i++) {
      UniformRandomProvider random = RandomStream.AUGMENTATION.of(seed, epoch, ids[i]);
      vary(images.values(), i * shape.values(), shape, random, varied);
    }
    return Images.wrap(shape, varied);
  }

  private void vary(
      float[] source, int offset, ImageShape shape, UniformRandomProvider random, float[] target) {
    boolean mirrored = flip && random.nextBoolean();
    int down = random.nextInt(2 * crop + 1) - crop;
    int right = random.nextInt(2 * crop + 1) - crop;
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
    int place = offset;
    for (int c = 0; c < shape.channels(); c++) {
      int plane = offset + c * shape.height() * shape.width();
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          int row = y + down;
          int column = (mirrored ? shape.width() - 1 - x : x) + right;
          boolean inside =
              row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
          float value = inside ? source[plane + row * shape.width() + column] : 0;
          target[place++] =
              noise == 0 ? value : (float) Math.clamp(value + noise * normal.sample(), 0, 1);
        }
      }
    }
  }
}
