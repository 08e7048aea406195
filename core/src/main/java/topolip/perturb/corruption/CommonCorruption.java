package topolip.perturb.corruption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.dataset.SampleRandom;
import topolip.geometry.Workers;

/// A corruption of RGB images at one severity, with the parameters published for one image size.
///
/// @param severity from 1 to 5
/// @param size of the images that the parameters were published for, in pixels
/// @param textures of frost; others do not look at it
public record CommonCorruption(
    Corruption corruption, int severity, int size, FrostTextures textures) {
  /// Pieces of a batch for each of several threads: images take different times.
  private static final int PARTS = 4;

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
  /// published, on the calling thread.
  ///
  /// @param ids one an image: its random numbers depend on the seed and its id alone
  /// @throws IllegalArgumentException if they are not square RGB images
  /// @throws IOException if a texture cannot be used
  public Images apply(Images clean, int[] ids, long seed) throws IOException {
    return apply(clean, ids, seed, 1);
  }

  /// The same on so many threads.
  public Images apply(Images clean, int[] ids, long seed, int threads) throws IOException {
    ImageShape shape = clean.shape();
    if (ids.length != clean.count()) {
      throw new IllegalArgumentException(
          "%d ids for %d images".formatted(ids.length, clean.count()));
    }
    if (shape.channels() != 3 || shape.height() != shape.width()) {
      throw new IllegalArgumentException(
          "corruptions are defined for square RGB images, not for " + shape);
    }
    float[] values = new float[clean.values().length];
    List<Callable<Boolean>> parts = new ArrayList<>();
    Workers workers = new Workers(threads);
    int pieces = workers.threads() == 1 ? 1 : PARTS * workers.threads();
    int each = Math.max(1, Math.ceilDiv(ids.length, pieces));
    for (int from = 0; from < ids.length; from += each) {
      int start = from;
      int end = Math.min(from + each, ids.length);
      parts.add(() -> {
        corrupt(clean, ids, seed, start, end, values);
        return true;
      });
    }
    try {
      workers.all(parts);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return Images.wrap(shape, values);
  }

  private void corrupt(Images clean, int[] ids, long seed, int start, int end, float[] values) {
    int side = clean.shape().width();
    int length = clean.shape().values();
    double[] parameters = Severities.parameters(size, corruption, severity);
    int[] levels = new int[length];
    try (Distortion distortion = Distortion.of(corruption, parameters, size, side, textures)) {
      for (int i = start; i < end; i++) {
        int offset = i * length;
        switch (distortion) {
          case LevelDistortion whole -> {
            Levels.read(clean.values(), offset, levels);
            whole.apply(levels);
            Levels.write(levels, values, offset);
          }
          case PlaneDistortion fractions -> {
            Planes image = Planes.of(clean.values(), offset, 3, side, side);
            fractions.apply(image, SampleRandom.of(seed, ids[i])).write(values, offset);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "corruption:%s:%d@%d".formatted(corruption, severity, size);
  }
}
