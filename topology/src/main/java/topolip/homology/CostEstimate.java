package topolip.homology;

/// Estimates what the homology of a graph's clique complex takes.
final class CostEstimate {
  /// What was measured for one edge, without and with each word of a bit set of all vertices.
  private static final double SECONDS_AN_EDGE = 2e-7;

  private static final double SECONDS_A_WORD = 5e-9;

  /// What was measured for one pair of points, whether an edge or not.
  private static final double SECONDS_A_PAIR = 2e-8;

  /// What was measured for one simplex of the dimension before the last, from degree 2 on, and
  /// where edges are collapsed before.
  private static final double SECONDS_A_SIMPLEX = 5e-6;

  private static final double SECONDS_A_COLLAPSED_SIMPLEX = 5e-7;

  /// The columns of degree 2 and beyond, as seen for one edge.
  private static final long BYTES_OF_COLUMNS = 128;

  private final int vertices;
  private final long edges;
  private final SimplexSample.Graph graph;
  private final int maxDegree;

  CostEstimate(int vertices, long edges, SimplexSample.Graph graph, int maxDegree) {
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
    long sorted = 8 * edges;
    if (maxDegree == 0) {
      return sorted;
    }
    long ranks = EdgeFiltration.isDense((int) n, edges) ? 4 * n * n : 24 * edges;
    long sets = EdgeFiltration.hasSets((int) n, edges) ? threads * n * n / 8 : 0;
    long loops = edges;
    long columns = maxDegree == 1 ? 0 : BYTES_OF_COLUMNS * edges;
    long reduced = sorted + ranks + sets + loops + columns;
    return RipsHomology.collapses(maxDegree, n)
        ? sorted + Math.max(16 * edges + 4 * n * n, reduced)
        : reduced;
  }

  private double seconds(double[] counts) {
    double words = Math.ceil(vertices / 64.0);
    double seconds = edges * SECONDS_AN_EDGE + 0.5 * vertices * vertices * SECONDS_A_PAIR;
    if (maxDegree >= 1) {
      seconds += edges * words * SECONDS_A_WORD;
    }
    if (maxDegree >= 2) {
      seconds +=
          counts[maxDegree - 1]
              * (RipsHomology.collapses(maxDegree, vertices)
                  ? SECONDS_A_COLLAPSED_SIMPLEX
                  : SECONDS_A_SIMPLEX);
    }
    return seconds;
  }

  /// The estimated number of simplices in each dimension up to `maxDegree` + 1; vertices and edges
  /// exactly.
  private double[] counts() {
    double[] counts = new double[maxDegree + 2];
    counts[0] = vertices;
    counts[1] = edges;
    if (maxDegree >= 1) {
      SimplexSample.visit(
          vertices,
          graph,
          counts.length,
          (_, count, weight) -> {
            if (count > 2) {
              counts[count - 1] += weight;
            }
          });
    }
    return counts;
  }
}
