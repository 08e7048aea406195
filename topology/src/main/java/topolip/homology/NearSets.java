package topolip.homology;

/// For each vertex of a dense filtration, the bit set of the vertices it is joined to by the edges
/// so far: n²/8 bytes.
final class NearSets {
  private final EdgeFiltration edges;
  private final long[][] near;
  private final int words;

  /// The sets of all edges before one.
  NearSets(EdgeFiltration edges, int before) {
    this.edges = edges;
    this.words = (edges.vertices() + 63) >>> 6;
    this.near = new long[edges.vertices()][words];
    for (int rank = 0; rank < before; rank++) {
      add(rank);
    }
  }

  /// The length of a set in longs.
  int words() {
    return words;
  }

  void add(int rank) {
    int u = edges.upper(rank);
    int v = edges.lower(rank);
    near[u][v >>> 6] |= 1L << v;
    near[v][u >>> 6] |= 1L << u;
  }

  /// Writes the vertices near both ends of an edge; whether there are any.
  boolean lune(int rank, long[] target) {
    long[] ofU = near[edges.upper(rank)];
    long[] ofV = near[edges.lower(rank)];
    long any = 0;
    for (int i = 0; i < words; i++) {
      target[i] = ofU[i] & ofV[i];
      any |= target[i];
    }
    return any != 0;
  }

  /// Writes the vertices of a set that are near `v` and before it.
  void narrow(int v, long[] from, long[] target) {
    long[] ofV = near[v];
    int last = v >>> 6;
    for (int i = 0; i < last; i++) {
      target[i] = from[i] & ofV[i];
    }
    target[last] = from[last] & ofV[last] & (1L << v) - 1;
    for (int i = last + 1; i < words; i++) {
      target[i] = 0;
    }
  }

  /// Moves the vertices near `v` from one set to another; whether some are left.
  boolean move(int v, long[] from, long[] to) {
    long[] ofV = near[v];
    long left = 0;
    for (int i = 0; i < words; i++) {
      long moved = ofV[i] & from[i];
      to[i] |= moved;
      from[i] ^= moved;
      left |= from[i];
    }
    return left != 0;
  }

  /// Takes the vertices near `v` off a set; whether some are left.
  boolean remove(int v, long[] set) {
    long[] ofV = near[v];
    long left = 0;
    for (int i = 0; i < words; i++) {
      set[i] &= ~ofV[i];
      left |= set[i];
    }
    return left != 0;
  }

  /// The first vertex of a set from `v` on, or −1.
  static int next(long[] set, int v) {
    int word = v >>> 6;
    if (word >= set.length) {
      return -1;
    }
    long rest = set[word] & -1L << v;
    while (rest == 0) {
      if (++word == set.length) {
        return -1;
      }
      rest = set[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(rest);
  }

  static void clear(long[] set, int v) {
    set[v >>> 6] &= ~(1L << v);
  }

  static boolean contains(long[] set, int v) {
    return (set[v >>> 6] >>> v & 1) != 0;
  }
}
