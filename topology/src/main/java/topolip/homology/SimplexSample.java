package topolip.homology;

import java.util.SplittableRandom;

/// A seeded sample of the cliques of a graph.
///
/// Cliques are found by random chains: a vertex, one of its neighbours, one of their common
/// neighbours, and so on. The product of the numbers of choices, over the orders in which a simplex
/// may be chosen, is its weight: sums of weights over all chains are estimates, without bias, of
/// numbers of simplices (Knuth 1975, DOI 10.2307/2005469).
final class SimplexSample {
  private static final int CHAINS = 1000;
  private static final long SEED = 1;

  /// Whether two different vertices are joined.
  interface Graph {
    boolean joins(int u, int v);
  }

  /// Takes a simplex, its vertices in the order in which they were chosen, and how many of all
  /// simplices of its dimension it stands for.
  interface Visitor {
    void visit(int[] vertices, int count, double weight);
  }

  private final Graph graph;
  private final Visitor visitor;
  private final int points;
  private final int[] candidates;
  private final int[] vertices;

  private SimplexSample(int points, Graph graph, int most, Visitor visitor) {
    this.graph = graph;
    this.visitor = visitor;
    this.points = points;
    this.candidates = new int[points];
    this.vertices = new int[most];
  }

  /// Visits the simplices of all chains of up to `most` vertices.
  static void visit(int points, Graph graph, int most, Visitor visitor) {
    SimplexSample sample = new SimplexSample(points, graph, most, visitor);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int chain = 0; chain < CHAINS && points > 0; chain++) {
      sample.visitChain(random);
    }
  }

  private void visitChain(SplittableRandom random) {
    for (int v = 0; v < points; v++) {
      candidates[v] = v;
    }
    int size = points;
    double product = 1;
    for (int d = 0; d < vertices.length && size > 0; d++) {
      product *= (double) size / (d + 1);
      vertices[d] = candidates[random.nextInt(size)];
      visitor.visit(vertices, d + 1, product / CHAINS);
      size = narrow(vertices[d], size);
    }
  }

  private int narrow(int chosen, int size) {
    int kept = 0;
    for (int c = 0; c < size; c++) {
      if (candidates[c] != chosen && graph.joins(chosen, candidates[c])) {
        candidates[kept++] = candidates[c];
      }
    }
    return kept;
  }
}
