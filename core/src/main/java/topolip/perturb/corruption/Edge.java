package topolip.perturb.corruption;

/// What is assumed beyond the ends of a row: the index there of a value inside.
enum Edge {
  /// `a a a | a b c d | d d d`
  NEAREST {
    @Override
    int inside(int i, int length) {
      return Math.clamp(i, 0, length - 1);
    }
  },
  /// `c b a | a b c d | d c b`
  REFLECT {
    @Override
    int inside(int i, int length) {
      if (i >= 0 && i < length) {
        return i;
      }
      int place = Math.floorMod(i, 2 * length);
      return place < length ? place : 2 * length - 1 - place;
    }
  },
  /// `d c b | a b c d | c b a`
  REFLECT_101 {
    @Override
    int inside(int i, int length) {
      if (i >= 0 && i < length) {
        return i;
      }
      if (length == 1) {
        return 0;
      }
      int place = Math.floorMod(i, 2 * length - 2);
      return place < length ? place : 2 * length - 2 - place;
    }
  };

  abstract int inside(int i, int length);

  /// A plane with a row and a column more on each side.
  int[] extended(int[] plane, int height, int width) {
    int wide = width + 2;
    int[] extended = new int[(height + 2) * wide];
    for (int y = 0; y < height + 2; y++) {
      int row = inside(y - 1, height) * width;
      System.arraycopy(plane, row, extended, y * wide + 1, width);
      extended[y * wide] = plane[row + inside(-1, width)];
      extended[(y + 1) * wide - 1] = plane[row + inside(width, width)];
    }
    return extended;
  }

  /// A plane with so many rows and columns more on each side.
  double[] extended(double[] plane, int height, int width, int reach) {
    int wide = width + 2 * reach;
    double[] extended = new double[(height + 2 * reach) * wide];
    for (int y = 0; y < height + 2 * reach; y++) {
      int row = inside(y - reach, height) * width;
      int to = y * wide;
      System.arraycopy(plane, row, extended, to + reach, width);
      for (int i = 0; i < reach; i++) {
        extended[to + i] = plane[row + inside(i - reach, width)];
        extended[to + reach + width + i] = plane[row + inside(width + i, width)];
      }
    }
    return extended;
  }
}
