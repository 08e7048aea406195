package topolip.homology;

import java.util.SplittableRandom;

/// Estimates what the homology of a graph's clique complex takes.
///
/// Simplices are counted by random chains: a vertex, one of its neighbours, one of their common
/// neighbours, and so on; the product of the numbers of choices, over the orders in which a simplex
/// may be chosen, has the number of simplices as its mean (Knuth 1975, DOI 10.2307/2005469).
final class CostEstimate {
  private static final int CHAINS = 1000;
  private static final long SEED = 1;

  /// What was measured for one edge, without and with each word of a bit set of all vertices.
  private static final double SECONDS_AN_EDGE = 2e-7;

  private static final double SECONDS_A_WORD = 5e-9;

  /// What was measured for one simplex of the dimension before the last, from degree 2 on.
  private static final double SECONDS_A_SIMPLEX = 5e-6;

  /// The columns of degree 2 and beyond, as seen for one edge.
  private static final long BYTES_OF_COLUMNS = 128;

  /// Whether two different vertices are joined.
  interface Graph {
    boolean joins(int u, int v);
  }

  private final int vertices;
  private final long edges;
  private final Graph graph;
  private final int maxDegree;

  CostEstimate(int vertices, long edges, Graph graph, int maxDegree) {
    this.vertices = vertices;
    this.edges = edges;
    this.graph = graph;
    this.maxDegree = maxDegree;
  }

  /// @param bytesOfDistances what the distances take
  /// @param threads how many will be used
  Cost cost(long bytesOfDistances, int threads) {
    double[] counts = counts();
    double simplices = 0;
    for (double count : counts) {
      simplices += count;
    }
    return new Cost(
        maxDegree,
        vertices,
        edges,
        simplices,
        bytesOfDistances + bytes(vertices, edges, maxDegree, threads),
        seconds(counts));
  }

  /// Memory besides the distances.
  static long bytes(long n, long edges, int maxDegree, int threads) {
    long sorting = 44 * edges;
    if (maxDegree == 0) {
      return sorting;
    }
    long ranks = EdgeFiltration.isDense((int) n, edges) ? 4 * n * n : 32 * edges;
    long sets = EdgeFiltration.hasSets((int) n, edges) ? threads * n * n / 8 : 0;
    long loops = 9 * edges;
    long columns = maxDegree == 1 ? 0 : BYTES_OF_COLUMNS * edges;
    return Math.max(sorting, 16 * edges + ranks + sets + loops + columns);
  }

  private double seconds(double[] counts) {
    double words = Math.ceil(vertices / 64.0);
    double seconds = edges * SECONDS_AN_EDGE;
    if (maxDegree >= 1) {
      seconds += edges * words * SECONDS_A_WORD;
    }
    if (maxDegree >= 2) {
      seconds += SECONDS_A_SIMPLEX * counts[maxDegree - 1];
    }
    return seconds;
  }

  /// The estimated number of simplices in each dimension up to `maxDegree` + 1; vertices and edges
  /// exactly.
  private double[] counts() {
    double[] counts = new double[maxDegree + 2];
    counts[0] = vertices;
    counts[1] = edges;
    if (maxDegree >= 1 && vertices > 0) {
      SplittableRandom random = new SplittableRandom(SEED);
      int[] candidates = new int[vertices];
      for (int chain = 0; chain < CHAINS; chain++) {
        addChain(candidates, random, counts);
      }
    }
    return counts;
  }

  private void addChain(int[] candidates, SplittableRandom random, double[] counts) {
    for (int v = 0; v < vertices; v++) {
      candidates[v] = v;
    }
    int size = vertices;
    double product = 1;
    for (int d = 0; d < counts.length && size > 0; d++) {
      product *= (double) size / (d + 1);
      if (d >= 2) {
        counts[d] += product / CHAINS;
      }
      int chosen = candidates[random.nextInt(size)];
      int kept = 0;
      for (int c = 0; c < size; c++) {
        if (candidates[c] != chosen && graph.joins(chosen, candidates[c])) {
          candidates[kept++] = candidates[c];
        }
      }
      size = kept;
    }
  }
}
