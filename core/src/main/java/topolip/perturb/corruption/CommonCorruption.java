package topolip.perturb.corruption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.dataset.SampleRandom;

/// A corruption of RGB images at one severity, with the parameters published for one image size.
///
/// @param severity from 1 to 5
/// @param size of the images that the parameters were published for, in pixels
/// @param textures of frost; others do not look at it
public record CommonCorruption(
    Corruption corruption, int severity, int size, FrostTextures textures) {

  public CommonCorruption {
    Severities.parameters(size, corruption, severity);
    boolean photographs = textures instanceof FrostTextures.Photographs;
    if (corruption == Corruption.FROST && !photographs) {
      throw new IllegalArgumentException(
          "frost needs photographs of frost; %s has a drawn texture"
              .formatted(Corruption.PROCEDURAL_FROST));
    }
    if (corruption == Corruption.PROCEDURAL_FROST && photographs) {
      throw new IllegalArgumentException(
          "%s has no photographs; use %s".formatted(corruption, Corruption.FROST));
    }
  }

  /// A corruption that needs no photographs.
  public static CommonCorruption of(Corruption corruption, int severity, int size) {
    return new CommonCorruption(corruption, severity, size, new FrostTextures.Procedural());
  }

  /// Corrupted copies of images: rounded to 256 levels, corrupted, and truncated to 256 levels, as
  /// published. On all cores: the images of a batch in the common pool.
  ///
  /// @param ids one an image: its random numbers depend on the seed and its id alone
  /// @throws IllegalArgumentException if they are not square RGB images
  /// @throws IOException if a texture cannot be used
  public Images apply(Images clean, int[] ids, long seed) throws IOException {
    ImageShape shape = clean.shape();
    if (ids.length != clean.count()) {
      throw new IllegalArgumentException(
          "%d ids for %d images".formatted(ids.length, clean.count()));
    }
    if (shape.channels() != 3 || shape.height() != shape.width()) {
      throw new IllegalArgumentException(
          "corruptions are defined for square RGB images, not for " + shape);
    }
    double[] parameters = Severities.parameters(size, corruption, severity);
    Distortion distortion = Distortion.of(corruption, parameters, size, textures);
    float[] values = new float[clean.values().length];
    try {
      IntStream.range(0, ids.length)
          .parallel()
          .forEach(i -> {
            int offset = i * shape.values();
            Planes image = Planes.of(clean.values(), offset, 3, shape.height(), shape.width());
            apply(distortion, image, SampleRandom.of(seed, ids[i])).write(values, offset);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return Images.wrap(shape, values);
  }

  private static Planes apply(Distortion distortion, Planes image, UniformRandomProvider random) {
    try {
      return distortion.apply(image, random);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "corruption:%s:%d@%d".formatted(corruption, severity, size);
  }
}
