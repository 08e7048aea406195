package topolip.perturb;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.perturb.corruption.CommonCorruption;
import topolip.perturb.corruption.Corruption;
import topolip.perturb.corruption.FrostTextures;
import topolip.perturb.corruption.Severities;

/// A common corruption.
///
/// @param severity from 1 to 5
/// @param size of the images whose parameters are taken, in pixels; null for that of the images
/// @param frost a folder with photographs of frost; null but for frost
public record Corrupted(
    Corruption corruption, int severity, @Nullable Integer size, @Nullable Path frost)
    implements Perturbation {

  public Corrupted {
    if (severity < 1 || severity > Severities.COUNT) {
      throw new IllegalArgumentException(
          "severity must be from 1 to %d: %d".formatted(Severities.COUNT, severity));
    }
    if (size != null && !Severities.sizes().contains(size)) {
      throw new IllegalArgumentException(
          "there are parameters for images of %s pixels, not %d"
              .formatted(Severities.sizes(), size));
    }
    if ((corruption == Corruption.FROST) != (frost != null)) {
      throw new IllegalArgumentException(
          corruption == Corruption.FROST
              ? "frost needs a folder with photographs, corruption:frost:3:FOLDER;"
                  + " corruption:procedural_frost:3 draws its own"
              : corruption + " takes no photographs");
    }
  }

  /// Reads what follows `corruption:`: `fog:3`, `fog:3@224` for the parameters of another size, or
  /// `frost:3:FOLDER`.
  ///
  /// @throws IllegalArgumentException if it is none of these
  static Corrupted parse(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length < 2) {
      throw new IllegalArgumentException(
          "'%s' has no severity; expected one such as fog:3".formatted(text));
    }
    String[] numbers = parts[1].split("@", 2);
    try {
      return new Corrupted(
          Corruption.parse(parts[0]),
          Integer.parseInt(numbers[0]),
          numbers.length < 2 ? null : Integer.valueOf(numbers[1]),
          parts.length < 3 ? null : Path.of(parts[2]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is no severity; expected 1 to %d, or such as 3@224"
              .formatted(parts[1], Severities.COUNT),
          e);
    }
  }

  /// The corruption of images of a shape.
  ///
  /// @throws IllegalArgumentException if there are no parameters for their size
  /// @throws IOException if the photographs cannot be read
  public CommonCorruption of(ImageShape shape) throws IOException {
    if (size == null && !Severities.sizes().contains(shape.height())) {
      throw new IllegalArgumentException(
          "there are parameters for images of %s pixels, not for %s; choose one of them, such as"
                  .formatted(Severities.sizes(), shape)
              + " corruption:%s:%d@%d"
                  .formatted(corruption, severity, Severities.sizes().getFirst()));
    }
    int of = size == null ? shape.height() : size;
    FrostTextures textures =
        frost == null ? new FrostTextures.Procedural() : FrostTextures.Photographs.in(frost);
    return new CommonCorruption(corruption, severity, of, textures);
  }

  /// Corrupted copies of images.
  ///
  /// @param ids one an image: its random numbers depend on the seed and its id alone
  /// @throws IllegalArgumentException if they are not square RGB images of a known size
  /// @throws IOException if the photographs cannot be read
  public Images apply(Images clean, int[] ids, long seed) throws IOException {
    return of(clean.shape()).apply(clean, ids, seed);
  }

  @Override
  public String toString() {
    return "corruption:%s:%d".formatted(corruption, severity)
        + (size == null ? "" : "@" + size)
        + (frost == null ? "" : ":" + frost);
  }
}
