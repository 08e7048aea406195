package topolip.homology;

/// Which vertices are joined by which edge of a filtration, edges named by their ranks.
sealed interface Adjacency permits DenseAdjacency, SparseAdjacency {
  /// The rank of what is no edge: a vertex with itself, or a pair beyond the threshold.
  int ABSENT = Integer.MAX_VALUE;

  int vertices();

  /// The rank of the edge between two vertices, or [#ABSENT].
  int rank(int u, int v);

  /// Writes the vertices joined to both `u` and `v` by edges before `rank`, in increasing order,
  /// and returns their number.
  int lune(int u, int v, int rank, int[] target);

  /// Whether some vertex below `limit` is joined to each of the first `count` vertices by an edge
  /// before `rank`.
  boolean hasCommon(int[] vertices, int count, int rank, int limit);

  /// Writes those of the first `count` vertices of `from`, which increase, that are joined to `v`
  /// by an edge before `rank`; no more than `most` of them.
  int narrow(int v, int rank, int[] from, int count, int most, int[] target);

  /// Writes the vertices joined to each of the first `count` vertices, in increasing order, with
  /// the latest of those edges and the place in `vertices` of its end.
  int common(int[] vertices, int count, int[] target, int[] latest, int[] end);
}
