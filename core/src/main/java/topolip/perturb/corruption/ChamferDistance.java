package topolip.perturb.corruption;

/// Distances to the nearest marked pixel along steps of three kinds, of lengths 1, 1.4 and 2.1969:
/// Borgefors 1986 (doi:10.1016/S0734-189X(86)80047-0).
final class ChamferDistance {
  private static final float FAR = 1e6f;

  /// The steps that lie before a pixel in the order of reading, `(dy, dx)`, and their lengths.
  private static final int[][] STEPS = {
    {-2, -1}, {-2, 1}, {-1, -2}, {-1, -1}, {-1, 0}, {-1, 1}, {-1, 2}, {0, -1}
  };

  private static final float[] LENGTHS = {2.1969f, 2.1969f, 2.1969f, 1.4f, 1, 1.4f, 2.1969f, 1};

  private ChamferDistance() {}

  /// Distances, large where nothing is marked.
  static float[] of(boolean[] marked, int height, int width) {
    float[] distances = new float[marked.length];
    for (int i = 0; i < marked.length; i++) {
      distances[i] = marked[i] ? 0 : FAR;
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        relax(distances, height, width, y, x, 1);
      }
    }
    for (int y = height - 1; y >= 0; y--) {
      for (int x = width - 1; x >= 0; x--) {
        relax(distances, height, width, y, x, -1);
      }
    }
    return distances;
  }

  private static void relax(float[] distances, int height, int width, int y, int x, int direction) {
    float least = distances[y * width + x];
    for (int s = 0; s < STEPS.length; s++) {
      int fromY = y + direction * STEPS[s][0];
      int fromX = x + direction * STEPS[s][1];
      if (fromY >= 0 && fromY < height && fromX >= 0 && fromX < width) {
        least = Math.min(least, distances[fromY * width + fromX] + LENGTHS[s]);
      }
    }
    distances[y * width + x] = least;
  }
}
