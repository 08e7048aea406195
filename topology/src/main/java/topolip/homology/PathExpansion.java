package topolip.homology;

import java.util.BitSet;

/// Writes paths as combinations of edges of the relative neighbourhood graph.
///
/// An edge with a lune is replaced by the two edges to a vertex of it, chosen so that the later of
/// the two is as early as can be, until only edges with empty lunes are left. The latest edge is
/// replaced first, so that each is replaced once. Few edges of all are ever met.
final class PathExpansion {
  private final EdgeFiltration edges;
  private final Adjacency adjacency;
  private final PrimeField field;
  private final BitSet empty;

  /// The vertex over which an edge is replaced, once it is known.
  private final LongIntMap apexes = new LongIntMap();

  /// The coefficients of edges; those that were never met are absent.
  private final LongIntMap amounts = new LongIntMap();

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
    amounts.put(edge, field.add(Math.max(0, amounts.get(edge)), oriented));
    if (!queued.get(edge)) {
      queued.set(edge);
      queue.add(-edge);
    }
  }

  /// Hands over the combination, the latest edge first, and starts anew.
  void drainTo(Consumer consumer) {
    while (!queue.isEmpty()) {
      int edge = (int) -queue.removeLeast();
      int amount = amounts.get(edge);
      amounts.put(edge, 0);
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
    int known = apexes.get(edge);
    if (known != LongIntMap.ABSENT) {
      return known;
    }
    ends[0] = edges.lower(edge);
    ends[1] = edges.upper(edge);
    int count = adjacency.common(ends, 2, candidates, latest, end);
    int best = 0;
    for (int c = 1; c < count; c++) {
      if (latest[c] < latest[best]) {
        best = c;
      }
    }
    apexes.put(edge, candidates[best]);
    return candidates[best];
  }
}
