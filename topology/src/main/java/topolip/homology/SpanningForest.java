package topolip.homology;

import java.util.Arrays;
import java.util.BitSet;

/// Degree 0: Kruskal's minimum spanning forest, by union-find with path halving.
final class SpanningForest {
  private final PersistenceDiagram diagram;
  private final BitSet tree;

  private SpanningForest(PersistenceDiagram diagram, BitSet tree) {
    this.diagram = diagram;
    this.tree = tree;
  }

  static SpanningForest of(EdgeFiltration edges) {
    int n = edges.vertices();
    int[] parent = new int[n];
    Arrays.setAll(parent, i -> i);
    double[] deaths = new double[n];
    BitSet tree = new BitSet(edges.size());
    int merged = 0;
    for (int rank = 0; rank < edges.size() && merged < n - 1; rank++) {
      int a = root(parent, edges.upper(rank));
      int b = root(parent, edges.lower(rank));
      if (a != b) {
        parent[a] = b;
        deaths[merged++] = edges.length(rank);
        tree.set(rank);
      }
    }
    Arrays.fill(deaths, merged, n, Double.POSITIVE_INFINITY);
    return new SpanningForest(PersistenceDiagram.of(0, new double[n], deaths), tree);
  }

  private static int root(int[] parent, int vertex) {
    int v = vertex;
    while (parent[v] != v) {
      parent[v] = parent[parent[v]];
      v = parent[v];
    }
    return v;
  }

  PersistenceDiagram diagram() {
    return diagram;
  }

  /// The edges of the forest.
  DeathSet deaths() {
    return edge -> tree.get((int) edge);
  }
}
