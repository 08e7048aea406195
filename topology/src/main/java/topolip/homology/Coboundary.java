package topolip.homology;

/// Enumerates the cofacets of simplices of one dimension.
final class Coboundary {
  private final EdgeFiltration edges;
  private final SimplexCodec codec;
  private final int dimension;
  private final int[] vertices;
  private final int[] scratch;
  private final long[] without;
  private final int[][] rows;

  Coboundary(EdgeFiltration edges, SimplexCodec codec, int dimension) {
    this.edges = edges;
    this.codec = codec;
    this.dimension = dimension;
    this.vertices = new int[dimension + 1];
    this.scratch = new int[dimension + 1];
    this.without = new long[dimension + 1];
    this.rows = new int[dimension + 1][];
  }

  /// Adds all cofacets of a simplex to a column.
  void addTo(LongHeap column, long simplex) {
    if (dimension == 1) {
      addTriangles(column, (int) simplex);
      return;
    }
    codec.decode(simplex, dimension, vertices);
    int rank = codec.rank(simplex, dimension);
    for (int i = 0; i <= dimension; i++) {
      rows[i] = edges.ranks[vertices[i]];
      without[i] = codec.encode(0, vertices, 0, dimension + 1, i, -1, scratch);
    }
    int shift = codec.shift(dimension + 1);
    for (int w = 0; w < edges.vertices(); w++) {
      int longest = rank;
      int end = -1;
      for (int i = 0; i <= dimension; i++) {
        int r = rows[i][w];
        if (r > longest) {
          longest = r;
          end = i;
        }
      }
      if (end < 0) {
        column.add(codec.encode(rank, vertices, 2, dimension + 1, -1, w, scratch));
      } else if (longest != EdgeFiltration.ABSENT) {
        column.add((long) longest << shift | without[end]);
      }
    }
  }

  /// The cofacets of an edge: triangles, whose other vertex is what their longest edge leaves.
  private void addTriangles(LongHeap column, int edge) {
    int u = edges.upper(edge);
    int v = edges.lower(edge);
    int[] toU = edges.ranks[u];
    int[] toV = edges.ranks[v];
    for (int w = 0; w < toU.length; w++) {
      int a = toU[w];
      int b = toV[w];
      int longer = Math.max(a, b);
      if (longer == EdgeFiltration.ABSENT) {
        continue;
      }
      if (longer < edge) {
        column.add(codec.append(edge, w));
      } else {
        column.add(codec.append(longer, a > b ? v : u));
      }
    }
  }
}
