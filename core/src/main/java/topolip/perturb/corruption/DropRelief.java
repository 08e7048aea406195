package topolip.perturb.corruption;

/// How light falls on drops of water: distances to their edges, smoothed, equalised, and embossed,
/// with the definitions of OpenCV at each step.
final class DropRelief {
  private static final double FARTHEST = 20;
  private static final double[] ONES = {1, 1, 1, 1, 1, 1, 1, 1, 1};
  private static final double[] EMBOSS = {-2, -1, 0, -1, 1, 1, 0, 1, 2};

  private DropRelief() {}

  /// Levels 0 to 255 of the light.
  static int[] of(int[] drops, int height, int width) {
    float[] distances = ChamferDistance.of(CannyEdges.of(drops, height, width), height, width);
    double[] capped = new double[distances.length];
    for (int i = 0; i < capped.length; i++) {
      capped[i] = Math.min(distances[i], FARTHEST);
    }
    double[] smooth = boxed(capped, height, width);
    int[] levels = new int[smooth.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (int) (float) smooth[i];
    }
    double[] embossed = embossed(equalised(levels), height, width);
    double[] light = boxed(embossed, height, width);
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (int) Math.rint(light[i]);
    }
    return levels;
  }

  private static double[] boxed(double[] plane, int height, int width) {
    double[] sums = correlated(plane, height, width, ONES);
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= ONES.length;
    }
    return sums;
  }

  private static double[] embossed(int[] levels, int height, int width) {
    double[] plane = new double[levels.length];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = levels[i];
    }
    double[] embossed = correlated(plane, height, width, EMBOSS);
    for (int i = 0; i < embossed.length; i++) {
      embossed[i] = Math.clamp(embossed[i], 0, 255);
    }
    return embossed;
  }

  /// With a kernel of 3 × 3, reflected at the border.
  private static double[] correlated(double[] plane, int height, int width, double[] kernel) {
    double[] extended = Edge.REFLECT_101.extended(plane, height, width, 1);
    double[] result = new double[plane.length];
    int[] starts = new int[kernel.length];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < starts.length; k++) {
        starts[k] = (y + k / 3) * (width + 2) + k % 3;
      }
      Taps.add(result, y * width, width, extended, starts, kernel);
    }
    return result;
  }

  /// Histogram equalisation: the least level becomes 0, the others follow their ranks.
  private static int[] equalised(int[] levels) {
    int[] counts = new int[256];
    for (int level : levels) {
      counts[level]++;
    }
    int least = 0;
    while (counts[least] == 0) {
      least++;
    }
    if (counts[least] == levels.length) {
      return levels;
    }
    float scale = 255f / (levels.length - counts[least]);
    int[] table = new int[256];
    int below = 0;
    for (int level = least + 1; level < 256; level++) {
      below += counts[level];
      table[level] = (int) Math.rint(below * scale);
    }
    int[] result = new int[levels.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = table[levels[i]];
    }
    return result;
  }
}
