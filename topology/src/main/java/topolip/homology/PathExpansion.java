package topolip.homology;

import java.util.Arrays;
import java.util.BitSet;

/// Writes paths as combinations of edges of the relative neighbourhood graph.
///
/// An edge with a lune is replaced by the two edges to a vertex of it, chosen so that the later of
/// the two is as early as can be, until only edges with empty lunes are left. The latest edge is
/// replaced first, so that each is replaced once.
final class PathExpansion {
  private static final int UNKNOWN = -1;

  private final EdgeFiltration edges;
  private final Adjacency adjacency;
  private final PrimeField field;
  private final BitSet empty;

  /// The vertex over which an edge is replaced, once it is known.
  private final int[] apex;

  private final int[] amounts;
  private final BitSet queued;
  private final LongHeap queue = new LongHeap();
  private final int[] candidates;
  private final int[] latest;
  private final int[] end;
  private final int[] ends = new int[2];

  PathExpansion(EdgeFiltration edges, Adjacency adjacency, PrimeField field, BitSet empty) {
    this.edges = edges;
    this.adjacency = adjacency;
    this.field = field;
    this.empty = empty;
    this.apex = new int[edges.size()];
    Arrays.fill(apex, UNKNOWN);
    this.amounts = new int[edges.size()];
    this.queued = new BitSet(edges.size());
    this.candidates = new int[edges.vertices()];
    this.latest = new int[edges.vertices()];
    this.end = new int[edges.vertices()];
  }

  /// Takes an edge with an empty lune and its coefficient.
  interface Consumer {
    void accept(int edge, int coefficient);
  }

  /// Adds the path from `u` over `w` to `v`, with a sign of 1 or −1.
  void addPath(int u, int w, int v, int sign) {
    add(u, w, sign);
    add(w, v, sign);
  }

  private void add(int from, int to, int coefficient) {
    int edge = adjacency.rank(from, to);
    int oriented = from < to ? coefficient : field.negative(coefficient);
    amounts[edge] = field.add(amounts[edge], oriented);
    if (!queued.get(edge)) {
      queued.set(edge);
      queue.add(-edge);
    }
  }

  /// Hands over the combination, the latest edge first, and starts anew.
  void drainTo(Consumer consumer) {
    while (!queue.isEmpty()) {
      int edge = (int) -queue.removeLeast();
      int amount = amounts[edge];
      amounts[edge] = 0;
      queued.clear(edge);
      if (amount == 0) {
        continue;
      }
      if (empty.get(edge)) {
        consumer.accept(edge, amount);
      } else {
        int w = apex(edge);
        addPath(edges.lower(edge), w, edges.upper(edge), amount);
      }
    }
  }

  private int apex(int edge) {
    if (apex[edge] == UNKNOWN) {
      ends[0] = edges.lower(edge);
      ends[1] = edges.upper(edge);
      int count = adjacency.common(ends, 2, candidates, latest, end);
      int best = 0;
      for (int c = 1; c < count; c++) {
        if (latest[c] < latest[best]) {
          best = c;
        }
      }
      apex[edge] = candidates[best];
    }
    return apex[edge];
  }
}
