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
}
