package topolip.homology;

import java.util.Arrays;

/// Makes a filtration with fewer edges and the same persistent homology in every degree.
///
/// An edge is dominated while one common neighbour of its ends is joined to all others; the clique
/// complexes with and without it are then homotopy equivalent. So an edge may appear as late as the
/// moment at which nobody dominates it, or never. Edges are moved in one pass, the last first
/// (Glisse and Pritam 2022, DOI 10.4230/LIPIcs.SoCG.2022.44; Boissonnat and Pritam 2020).
final class EdgeCollapse {
  private final EdgeFiltration edges;
  private final int[][] ranks;

  /// The common neighbours of the current edge's ends, in the order in which they become so.
  private final long[] arrivals;

  private int present;

  private EdgeCollapse(EdgeFiltration edges) {
    this.edges = edges;
    int n = edges.vertices();
    this.ranks = new int[n][n];
    this.arrivals = new long[n];
    for (int[] row : ranks) {
      Arrays.fill(row, Adjacency.ABSENT);
    }
    for (int rank = 0; rank < edges.size(); rank++) {
      move(rank, rank);
    }
  }

  static EdgeFiltration of(EdgeFiltration edges) {
    return new EdgeCollapse(edges).collapsed();
  }

  private void move(int edge, int to) {
    int u = edges.upper(edge);
    int v = edges.lower(edge);
    ranks[u][v] = to;
    ranks[v][u] = to;
  }

  private EdgeFiltration collapsed() {
    for (int edge = edges.size() - 1; edge >= 0; edge--) {
      Interruption.check(edge);
      move(edge, latest(edge));
    }
    return edges.moved((u, v) -> ranks[u][v]);
  }

  /// When an edge has to appear: as a rank, or [Adjacency#ABSENT].
  private int latest(int edge) {
    int count = collectArrivals(edge);
    int time = edge;
    present = 0;
    admit(time, count);
    while (true) {
      int dominator = dominator(time);
      if (dominator < 0) {
        return time;
      }
      int[] toDominator = ranks[dominator];
      do {
        if (present == count) {
          return Adjacency.ABSENT;
        }
        time = (int) (arrivals[present] >>> 32);
      } while (admitJoined(toDominator, time, count));
    }
  }

  private int collectArrivals(int edge) {
    int[] toU = ranks[edges.upper(edge)];
    int[] toV = ranks[edges.lower(edge)];
    int count = 0;
    for (int w = 0; w < toU.length; w++) {
      int joined = Math.max(toU[w], toV[w]);
      if (joined != Adjacency.ABSENT) {
        arrivals[count++] = (long) Math.max(joined, edge) << 32 | w;
      }
    }
    Arrays.sort(arrivals, 0, count);
    return count;
  }

  private void admit(int time, int count) {
    while (present < count && (int) (arrivals[present] >>> 32) <= time) {
      present++;
    }
  }

  /// Admits those that arrive at a time; whether all of them are joined to the dominator.
  private boolean admitJoined(int[] toDominator, int time, int count) {
    boolean joined = true;
    for (; present < count && (int) (arrivals[present] >>> 32) == time; present++) {
      joined &= toDominator[(int) arrivals[present]] <= time;
    }
    return joined;
  }

  /// One of the present common neighbours that is joined to all others by then, or −1.
  private int dominator(int time) {
    for (int c = 0; c < present; c++) {
      int candidate = (int) arrivals[c];
      int[] toCandidate = ranks[candidate];
      int w = 0;
      while (w < present
          && (toCandidate[(int) arrivals[w]] <= time || (int) arrivals[w] == candidate)) {
        w++;
      }
      if (w == present) {
        return candidate;
      }
      // Who failed once is likely to fail others: it is asked first.
      long failed = arrivals[w];
      arrivals[w] = arrivals[0];
      arrivals[0] = failed;
    }
    return -1;
  }
}
