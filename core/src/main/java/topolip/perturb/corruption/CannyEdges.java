package topolip.perturb.corruption;

/// The edge detector of Canny 1986 (doi:10.1109/TPAMI.1986.4767851) as in OpenCV: 3 × 3 Sobel
/// derivatives, the sum of their sizes, thresholds 50 and 150.
final class CannyEdges {
  private static final int LOW = 50;
  private static final int HIGH = 150;

  /// tan 22.5° in units of 2⁻¹⁵.
  private static final int TAN = 13573;

  private final int height;
  private final int wide;
  private final int[] dx;
  private final int[] dy;
  private final int[] sizes;

  private CannyEdges(int[] levels, int height, int width) {
    this.height = height;
    this.wide = width + 2;
    this.dx = new int[(height + 2) * wide];
    this.dy = new int[dx.length];
    this.sizes = new int[dx.length];
    int[] image = Edge.NEAREST.extended(levels, height, width);
    for (int y = 1; y <= height; y++) {
      for (int i = y * wide + 1; i < y * wide + 1 + width; i++) {
        int falling = image[i + wide + 1] - image[i - wide - 1];
        int rising = image[i - wide + 1] - image[i + wide - 1];
        dx[i] = falling + rising + 2 * (image[i + 1] - image[i - 1]);
        dy[i] = falling - rising + 2 * (image[i + wide] - image[i - wide]);
        sizes[i] = Math.abs(dx[i]) + Math.abs(dy[i]);
      }
    }
  }

  /// Which pixels of an image of 256 levels are edges.
  static boolean[] of(int[] levels, int height, int width) {
    return new CannyEdges(levels, height, width).linked();
  }

  /// Strong edges, and weak ones that touch these.
  private boolean[] linked() {
    int width = wide - 2;
    boolean[] weak = new boolean[sizes.length];
    boolean[] edges = new boolean[sizes.length];
    int[] open = new int[sizes.length];
    int count = 0;
    for (int y = 1; y <= height; y++) {
      for (int i = y * wide + 1; i <= y * wide + width; i++) {
        weak[i] = sizes[i] > LOW && isRidge(i);
        if (weak[i] && sizes[i] > HIGH) {
          edges[i] = true;
          open[count++] = i;
        }
      }
    }
    int[] steps = {-wide - 1, -wide, 1 - wide, -1, 1, wide - 1, wide, wide + 1};
    while (count > 0) {
      int from = open[--count];
      for (int step : steps) {
        int i = from + step;
        if (weak[i] && !edges[i]) {
          edges[i] = true;
          open[count++] = i;
        }
      }
    }
    boolean[] inside = new boolean[height * width];
    for (int y = 0; y < height; y++) {
      System.arraycopy(edges, (y + 1) * wide + 1, inside, y * width, width);
    }
    return inside;
  }

  /// Whether no neighbour along the gradient is larger.
  private boolean isRidge(int i) {
    long across = Math.abs((long) dx[i]) * TAN;
    long up = Math.abs((long) dy[i]) << 15;
    if (up < across) {
      return sizes[i] > sizes[i - 1] && sizes[i] >= sizes[i + 1];
    }
    if (up > across + (Math.abs((long) dx[i]) << 16)) {
      return sizes[i] > sizes[i - wide] && sizes[i] >= sizes[i + wide];
    }
    int side = (dx[i] ^ dy[i]) < 0 ? -1 : 1;
    return sizes[i] > sizes[i - wide - side] && sizes[i] > sizes[i + wide + side];
  }
}
