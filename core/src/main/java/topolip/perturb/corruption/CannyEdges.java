package topolip.perturb.corruption;

import java.util.ArrayDeque;
import java.util.Deque;

/// The edge detector of Canny 1986 (doi:10.1109/TPAMI.1986.4767851) as in OpenCV: 3 × 3 Sobel
/// derivatives, the sum of their sizes, thresholds 50 and 150.
final class CannyEdges {
  private static final int LOW = 50;
  private static final int HIGH = 150;

  /// tan 22.5° in units of 2⁻¹⁵.
  private static final int TAN = 13573;

  private final int height;
  private final int width;
  private final int[] dx;
  private final int[] dy;
  private final int[] sizes;

  private CannyEdges(int[] levels, int height, int width) {
    this.height = height;
    this.width = width;
    this.dx = new int[levels.length];
    this.dy = new int[levels.length];
    this.sizes = new int[levels.length];
    for (int y = 0; y < height; y++) {
      int up = Edge.NEAREST.inside(y - 1, height) * width;
      int row = y * width;
      int down = Edge.NEAREST.inside(y + 1, height) * width;
      for (int x = 0; x < width; x++) {
        int l = Edge.NEAREST.inside(x - 1, width);
        int r = Edge.NEAREST.inside(x + 1, width);
        int i = row + x;
        dx[i] =
            levels[up + r]
                + 2 * levels[row + r]
                + levels[down + r]
                - (levels[up + l] + 2 * levels[row + l] + levels[down + l]);
        dy[i] =
            levels[down + l]
                + 2 * levels[down + x]
                + levels[down + r]
                - (levels[up + l] + 2 * levels[up + x] + levels[up + r]);
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
    boolean[] weak = new boolean[sizes.length];
    boolean[] edges = new boolean[sizes.length];
    Deque<Integer> open = new ArrayDeque<>();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        weak[i] = sizes[i] > LOW && isRidge(y, x);
        if (weak[i] && sizes[i] > HIGH) {
          edges[i] = true;
          open.push(i);
        }
      }
    }
    while (!open.isEmpty()) {
      int i = open.pop();
      for (int k = 0; k < 9; k++) {
        int y = i / width + k / 3 - 1;
        int x = i % width + k % 3 - 1;
        boolean inside = y >= 0 && y < height && x >= 0 && x < width;
        if (inside && weak[y * width + x] && !edges[y * width + x]) {
          edges[y * width + x] = true;
          open.push(y * width + x);
        }
      }
    }
    return edges;
  }

  /// Whether no neighbour along the gradient is larger.
  private boolean isRidge(int y, int x) {
    int i = y * width + x;
    long across = Math.abs((long) dx[i]) * TAN;
    long up = Math.abs((long) dy[i]) << 15;
    if (up < across) {
      return sizes[i] > size(y, x - 1) && sizes[i] >= size(y, x + 1);
    }
    if (up > across + (Math.abs((long) dx[i]) << 16)) {
      return sizes[i] > size(y - 1, x) && sizes[i] >= size(y + 1, x);
    }
    int side = (dx[i] ^ dy[i]) < 0 ? -1 : 1;
    return sizes[i] > size(y - 1, x - side) && sizes[i] > size(y + 1, x + side);
  }

  private int size(int y, int x) {
    return y < 0 || y >= height || x < 0 || x >= width ? 0 : sizes[y * width + x];
  }
}
