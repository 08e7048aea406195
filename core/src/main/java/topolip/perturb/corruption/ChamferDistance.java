package topolip.perturb.corruption;

import java.util.Arrays;

/// Distances to the nearest marked pixel along steps of three kinds, of lengths 1, 1.4 and 2.1969:
/// Borgefors 1986 (doi:10.1016/S0734-189X(86)80047-0); in units of 2⁻¹⁶, as OpenCV counts them.
final class ChamferDistance {
  /// Along the row or the column.
  static final int STRAIGHT = 1 << 16;

  /// 1.4, rounded to a whole number of units.
  static final int DIAGONAL = 91_750;

  /// 2.1969, rounded: two along one axis, one along the other.
  static final int KNIGHT = 143_976;

  private static final int FAR = 1 << 30;
  private static final int REACH = 2;

  private ChamferDistance() {}

  /// Distances, at least 2¹³ times [#STRAIGHT] where nothing is marked.
  static int[] of(boolean[] marked, int height, int width) {
    int wide = width + 2 * REACH;
    // With a border that no step comes from.
    int[] distances = new int[(height + 2 * REACH) * wide];
    Arrays.fill(distances, FAR);
    int[] across = new int[width];
    for (int y = 0; y < height; y++) {
      int row = (y + REACH) * wide + REACH;
      for (int x = 0; x < width; x++) {
        distances[row + x] = marked[y * width + x] ? 0 : FAR;
      }
      across(distances, row, wide, across);
      int last = FAR;
      for (int x = 0; x < width; x++) {
        last = Math.min(Math.min(distances[row + x], across[x]), last + STRAIGHT);
        distances[row + x] = last;
      }
    }
    int[] inside = new int[marked.length];
    for (int y = height - 1; y >= 0; y--) {
      int row = (y + REACH) * wide + REACH;
      across(distances, row, -wide, across);
      int last = FAR;
      for (int x = width - 1; x >= 0; x--) {
        last = Math.min(Math.min(distances[row + x], across[x]), last + STRAIGHT);
        distances[row + x] = last;
      }
      System.arraycopy(distances, row, inside, y * width, width);
    }
    return inside;
  }

  /// Distances of the pixels of a row by a step from the two rows `step` and twice `step` before
  /// it.
  private static void across(int[] distances, int row, int step, int[] across) {
    int near = row - step;
    int far = near - step;
    for (int x = 0; x < across.length; x++) {
      int straight = distances[near + x] + STRAIGHT;
      int diagonal = Math.min(distances[near + x - 1], distances[near + x + 1]) + DIAGONAL;
      int steep = Math.min(distances[far + x - 1], distances[far + x + 1]) + KNIGHT;
      int flat = Math.min(distances[near + x - 2], distances[near + x + 2]) + KNIGHT;
      across[x] = Math.min(Math.min(straight, diagonal), Math.min(steep, flat));
    }
  }
}
