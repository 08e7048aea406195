package topolip.homology;

import java.util.Arrays;
import java.util.BitSet;

/// Degree 0: Kruskal's minimum spanning forest, by union-find with path halving.
///
/// Where two components meet, the one whose first vertex is later dies.
final class SpanningForest {
  private final EdgeFiltration edges;
  private final int[] parent;
  private final BitSet tree;

  private SpanningForest(EdgeFiltration edges) {
    this.edges = edges;
    this.parent = new int[edges.vertices()];
    this.tree = new BitSet(edges.size());
  }

  /// What happens where an edge joins two components, each given by its first vertex.
  interface Merger {
    void merge(int edge, int dying, int into);
  }

  static SpanningForest of(EdgeFiltration edges) {
    SpanningForest forest = new SpanningForest(edges);
    forest.forEach((edge, _, _) -> forest.tree.set(edge));
    return forest;
  }

  /// Visits the edges of the forest in order.
  void forEach(Merger merger) {
    Arrays.setAll(parent, v -> v);
    int merged = 0;
    for (int rank = 0; rank < edges.size() && merged < parent.length - 1; rank++) {
      int a = root(edges.upper(rank));
      int b = root(edges.lower(rank));
      if (a != b) {
        merger.merge(rank, Math.max(a, b), Math.min(a, b));
        parent[Math.max(a, b)] = Math.min(a, b);
        merged++;
      }
    }
  }

  /// The first vertex of a vertex's component, as far as edges were visited.
  private int root(int vertex) {
    int v = vertex;
    while (parent[v] != v) {
      parent[v] = parent[parent[v]];
      v = parent[v];
    }
    return v;
  }

  PersistenceDiagram diagram() {
    double[] deaths = new double[edges.vertices()];
    Arrays.fill(deaths, Double.POSITIVE_INFINITY);
    int[] place = {0};
    tree.stream().forEach(edge -> deaths[place[0]++] = edges.length(edge));
    return PersistenceDiagram.of(0, new double[deaths.length], deaths);
  }

  /// The edges of the forest.
  BitSet tree() {
    return tree;
  }
}
