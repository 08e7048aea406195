package topolip.perturb.corruption;

import topolip.dataset.ImageShape;
import topolip.dataset.Images;

/// Two images by formula, so that other programs can make the same ones.
final class TestImages {
  private TestImages() {}

  private interface Level {
    int at(int c, int y, int x);
  }

  private static Images of(int size, Level level) {
    float[] values = new float[3 * size * size];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          values[(c * size + y) * size + x] = level.at(c, y, x) / 255f;
        }
      }
    }
    return Images.wrap(new ImageShape(3, size, size), values);
  }

  /// All colours, with jumps.
  static Images harsh(int size) {
    return of(
        size,
        (c, y, x) ->
            (40 * c + (7 * y * y + 13 * x + 5 * x * y) / 4 + 60 * ((x / 4 + y / 3) % 5)) % 256);
  }

  /// Waves.
  static Images smooth(int size) {
    return of(
        size, (c, y, x) -> (int) Math.floor(127.5 + 100 * Math.sin((2 * x + y * (c + 1)) / 6.0)));
  }
}
