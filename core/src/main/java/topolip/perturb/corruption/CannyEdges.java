package topolip.perturb.corruption;

/// The edge detector of Canny 1986 (doi:10.1109/TPAMI.1986.4767851) as in OpenCV: 3 × 3 Sobel
/// derivatives, the sum of their sizes, thresholds 50 and 150.
final class CannyEdges {
  private static final int LOW = 50;
  private static final int HIGH = 150;

  /// tan 22.5° in units of 2⁻¹⁵.
  private static final int TAN = 13573;

  private final int height;
  private final int width;
  private final int wide;

  /// With a row and a column more on each side, where sizes are 0.
  private final int[] dx;

  private final int[] dy;
  private final int[] sizes;

  private CannyEdges(int[] levels, int height, int width) {
    this.height = height;
    this.width = width;
    this.wide = width + 2;
    this.dx = new int[(height + 2) * wide];
    this.dy = new int[dx.length];
    this.sizes = new int[dx.length];
    int[] image = Edge.NEAREST.extended(levels, height, width);
    for (int i = wide + 1; i < dx.length - wide - 1; i++) {
      int falling = image[i + wide + 1] - image[i - wide - 1];
      int rising = image[i - wide + 1] - image[i + wide - 1];
      int right = falling + rising + 2 * (image[i + 1] - image[i - 1]);
      int down = falling - rising + 2 * (image[i + wide] - image[i - wide]);
      dx[i] = right;
      dy[i] = down;
      sizes[i] = Math.abs(right) + Math.abs(down);
    }
    for (int y = 1; y <= height; y++) {
      sizes[y * wide] = 0;
      sizes[y * wide + width + 1] = 0;
    }
  }

  /// Which pixels of an image of 256 levels are edges.
  static boolean[] of(int[] levels, int height, int width) {
    return new CannyEdges(levels, height, width).linked();
  }

  /// Strong edges, and weak ones that touch these or other such ones.
  private boolean[] linked() {
    boolean[] edges = new boolean[sizes.length];
    boolean[] weak = new boolean[sizes.length];
    int[] open = new int[sizes.length];
    int count = 0;
    for (int y = 1; y <= height; y++) {
      for (int i = y * wide + 1; i <= y * wide + width; i++) {
        if (sizes[i] > LOW && isRidge(i)) {
          if (sizes[i] > HIGH) {
            edges[i] = true;
          } else {
            weak[i] = true;
            open[count++] = i;
          }
        }
      }
    }
    link(edges, weak, open, count);
    boolean[] inside = new boolean[height * width];
    for (int y = 0; y < height; y++) {
      System.arraycopy(edges, (y + 1) * wide + 1, inside, y * width, width);
    }
    return inside;
  }

  /// Weak ones that touch an edge become edges, and so do those that touch these.
  ///
  /// @param open the weak ones, so many
  private void link(boolean[] edges, boolean[] weak, int[] open, int count) {
    int[] steps = {-wide - 1, -wide, 1 - wide, -1, 1, wide - 1, wide, wide + 1};
    int touching = 0;
    for (int k = 0; k < count; k++) {
      int i = open[k];
      boolean touches = false;
      for (int step : steps) {
        touches |= edges[i + step];
      }
      if (touches) {
        open[touching++] = i;
      }
    }
    for (int k = 0; k < touching; k++) {
      edges[open[k]] = true;
    }
    while (touching > 0) {
      int from = open[--touching];
      for (int step : steps) {
        int i = from + step;
        if (weak[i] && !edges[i]) {
          edges[i] = true;
          open[touching++] = i;
        }
      }
    }
  }

  /// Whether no neighbour along the gradient is larger. The numbers are below 2²⁷.
  private boolean isRidge(int i) {
    int size = sizes[i];
    int across = Math.abs(dx[i]) * TAN;
    int up = Math.abs(dy[i]) << 15;
    if (up < across) {
      return size > sizes[i - 1] && size >= sizes[i + 1];
    }
    if (up > across + (Math.abs(dx[i]) << 16)) {
      return size > sizes[i - wide] && size >= sizes[i + wide];
    }
    int step = (dx[i] ^ dy[i]) < 0 ? wide - 1 : wide + 1;
    return size > sizes[i - step] && size > sizes[i + step];
  }
}
