package topolip.homology;

/// Enumerates the cofacets of simplices of one dimension.
final class Coboundary {
  private final Adjacency adjacency;
  private final SimplexCodec codec;
  private final PrimeField field;
  private final int dimension;

  private final int[] vertices;
  private final int[] scratch;
  private final long[] without;
  private final int[] target;
  private final int[] latest;
  private final int[] end;

  Coboundary(Adjacency adjacency, SimplexCodec codec, PrimeField field, int dimension) {
    this.adjacency = adjacency;
    this.codec = codec;
    this.field = field;
    this.dimension = dimension;
    this.vertices = new int[dimension + 2];
    this.scratch = new int[dimension + 1];
    this.without = new long[dimension + 1];
    this.target = new int[adjacency.vertices()];
    this.latest = new int[adjacency.vertices()];
    this.end = new int[adjacency.vertices()];
  }

  /// Adds the coboundary of a simplex, times a coefficient, to a column.
  void addTo(Chain column, long simplex, int coefficient) {
    codec.decode(simplex, dimension, vertices);
    int rank = codec.rank(simplex, dimension);
    for (int i = 0; i <= dimension; i++) {
      without[i] = codec.encode(0, vertices, 0, dimension + 1, i, -1, scratch);
    }
    int shift = codec.shift(dimension + 1);
    int count = adjacency.common(vertices, dimension + 1, target, latest, end);
    for (int c = 0; c < count; c++) {
      int w = target[c];
      long cofacet =
          latest[c] > rank
              ? (long) latest[c] << shift | without[end[c]]
              : codec.encode(rank, vertices, 2, dimension + 1, -1, w, scratch);
      column.add(cofacet, field.prime() == 2 ? 1 : field.times(coefficient, sign(w)));
    }
  }

  /// The earliest cofacet of a simplex, or [Chain#EMPTY].
  long least(long simplex) {
    codec.decode(simplex, dimension, vertices);
    int rank = codec.rank(simplex, dimension);
    int count = adjacency.common(vertices, dimension + 1, target, latest, end);
    int least = -1;
    for (int c = 0; c < count; c++) {
      if (latest[c] <= rank) {
        return codec.encode(rank, vertices, 2, dimension + 1, -1, target[c], scratch);
      }
      if (least < 0 || latest[c] < latest[least]) {
        least = c;
      }
    }
    return least < 0
        ? Chain.EMPTY
        : codec.encode(latest[least], vertices, 0, dimension + 1, end[least], -1, scratch);
  }

  /// The coefficient of the cofacet with another vertex: −1 to its place among the vertices.
  private int sign(int w) {
    int before = 0;
    for (int i = 0; i <= dimension; i++) {
      if (vertices[i] < w) {
        before++;
      }
    }
    return field.sign(before);
  }

  /// The facet with which a cofacet makes an apparent pair, or [Chain#EMPTY].
  ///
  /// That facet lacks the last vertex, unless an earlier one is in the facet's lune.
  long apparentFacet(long cofacet) {
    codec.decode(cofacet, dimension + 1, vertices);
    int rank = codec.rank(cofacet, dimension + 1);
    if (adjacency.hasCommon(vertices, dimension + 1, rank, vertices[dimension + 1])) {
      return Chain.EMPTY;
    }
    return codec.withoutLast(cofacet);
  }

  /// The coefficient of a cofacet in the coboundary of its apparent facet.
  int apparentCoefficient(long cofacet) {
    codec.decode(cofacet, dimension + 1, vertices);
    return sign(vertices[dimension + 1]);
  }
}
