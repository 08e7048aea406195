package topolip.perturb.corruption;

/// How light falls on drops of water: distances to their edges, smoothed, equalised, and embossed,
/// with the definitions of OpenCV at each step, all in whole numbers.
final class DropRelief {
  private static final int FARTHEST = 20 * ChamferDistance.STRAIGHT;
  private static final int BOX = 9;

  private DropRelief() {}

  /// Levels 0 to 255 of the light.
  static int[] of(int[] drops, int height, int width) {
    int[] plane = ChamferDistance.of(CannyEdges.of(drops, height, width), height, width);
    for (int i = 0; i < plane.length; i++) {
      plane[i] = Math.min(plane[i], FARTHEST);
    }
    int[] levels = boxSums(plane, height, width);
    for (int i = 0; i < levels.length; i++) {
      levels[i] /= BOX * ChamferDistance.STRAIGHT;
    }
    equalise(levels);
    int[] light = boxSums(embossed(levels, height, width), height, width);
    for (int i = 0; i < light.length; i++) {
      light[i] = (2 * light[i] + BOX) / (2 * BOX);
    }
    return light;
  }

  /// Sums over 3 × 3 pixels, reflected at the border.
  private static int[] boxSums(int[] plane, int height, int width) {
    int[] framed = Edge.REFLECT_101.extended(plane, height, width);
    int wide = width + 2;
    int[] across = new int[framed.length];
    for (int i = 1; i < framed.length - 1; i++) {
      across[i] = framed[i - 1] + framed[i] + framed[i + 1];
    }
    int[] sums = new int[framed.length];
    for (int i = wide; i < framed.length - wide; i++) {
      sums[i] = across[i - wide] + across[i] + across[i + wide];
    }
    return inside(sums, height, width);
  }

  /// The sums of 3 × 3 pixels with weights -2 -1 0, -1 1 1, 0 1 2, clipped to 256 levels.
  private static int[] embossed(int[] levels, int height, int width) {
    int[] framed = Edge.REFLECT_101.extended(levels, height, width);
    int wide = width + 2;
    int[] embossed = new int[framed.length];
    for (int i = wide + 1; i < framed.length - wide - 1; i++) {
      int corners = framed[i + wide + 1] - framed[i - wide - 1];
      int sides = framed[i + wide] - framed[i - wide] + framed[i + 1] - framed[i - 1];
      embossed[i] = Math.min(Math.max(2 * corners + sides + framed[i], 0), 255);
    }
    return inside(embossed, height, width);
  }

  /// A plane without the row and the column more on each side.
  private static int[] inside(int[] framed, int height, int width) {
    int[] inside = new int[height * width];
    for (int y = 0; y < height; y++) {
      System.arraycopy(framed, (y + 1) * (width + 2) + 1, inside, y * width, width);
    }
    return inside;
  }

  /// Histogram equalisation: the least level becomes 0, the others follow their ranks.
  private static void equalise(int[] levels) {
    int[] counts = new int[256];
    for (int level : levels) {
      counts[level]++;
    }
    int least = 0;
    while (counts[least] == 0) {
      least++;
    }
    if (counts[least] == levels.length) {
      return;
    }
    float scale = 255f / (levels.length - counts[least]);
    int[] table = new int[256];
    int below = 0;
    for (int level = least + 1; level < 256; level++) {
      below += counts[level];
      table[level] = (int) Math.rint(below * scale);
    }
    for (int i = 0; i < levels.length; i++) {
      levels[i] = table[levels[i]];
    }
  }
}
