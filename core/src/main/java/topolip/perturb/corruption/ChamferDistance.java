package topolip.perturb.corruption;

import java.util.Arrays;

/// Distances to the nearest marked pixel along steps of three kinds, of lengths 1, 1.4 and 2.1969:
/// Borgefors 1986 (doi:10.1016/S0734-189X(86)80047-0).
final class ChamferDistance {
  private static final float FAR = 1e6f;
  private static final int REACH = 2;

  /// The steps from the rows before, `(dy, dx)`, and their lengths; one along the row has length 1.
  private static final int[][] STEPS = {
    {-2, -1}, {-2, 1}, {-1, -2}, {-1, -1}, {-1, 0}, {-1, 1}, {-1, 2}
  };

  private static final float[] LENGTHS = {2.1969f, 2.1969f, 2.1969f, 1.4f, 1, 1.4f, 2.1969f};

  private ChamferDistance() {}

  /// Distances, large where nothing is marked.
  static float[] of(boolean[] marked, int height, int width) {
    int wide = width + 2 * REACH;
    // With a border that no step comes from.
    float[] distances = new float[(height + 2 * REACH) * wide];
    Arrays.fill(distances, FAR);
    for (int i = 0; i < marked.length; i++) {
      if (marked[i]) {
        distances[(i / width + REACH) * wide + i % width + REACH] = 0;
      }
    }
    int[] steps = new int[STEPS.length];
    Arrays.setAll(steps, s -> STEPS[s][0] * wide + STEPS[s][1]);
    for (int y = 0; y < height; y++) {
      int row = (y + REACH) * wide + REACH;
      relax(distances, row, row + width, steps, 1);
      for (int i = row; i < row + width; i++) {
        distances[i] = Math.min(distances[i], distances[i - 1] + 1);
      }
    }
    float[] inside = new float[marked.length];
    for (int y = height - 1; y >= 0; y--) {
      int row = (y + REACH) * wide + REACH;
      relax(distances, row, row + width, steps, -1);
      for (int i = row + width - 1; i >= row; i--) {
        distances[i] = Math.min(distances[i], distances[i + 1] + 1);
      }
      System.arraycopy(distances, row, inside, y * width, width);
    }
    return inside;
  }

  private static void relax(float[] distances, int from, int to, int[] steps, int direction) {
    for (int s = 0; s < steps.length; s++) {
      int step = direction * steps[s];
      float length = LENGTHS[s];
      for (int i = from; i < to; i++) {
        distances[i] = Math.min(distances[i], distances[i + step] + length);
      }
    }
  }
}
