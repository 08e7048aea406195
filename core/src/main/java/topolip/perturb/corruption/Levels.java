package topolip.perturb.corruption;

/// Images of 256 levels, one channel after the other.
final class Levels {
  private Levels() {}

  /// Reads an image as the published programs do: rounded to levels.
  static void read(float[] pixels, int offset, int[] levels) {
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (int) Math.rint(pixels[offset + i] * 255.0);
    }
  }

  /// Writes an image.
  static void write(int[] levels, float[] pixels, int offset) {
    for (int i = 0; i < levels.length; i++) {
      pixels[offset + i] = levels[i] / 255f;
    }
  }
}
