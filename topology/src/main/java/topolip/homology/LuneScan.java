package topolip.homology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import topolip.geometry.Workers;

/// Looks at the lune of every edge: the vertices closer to both ends than the edge is long.
///
/// An edge whose lune is empty belongs to the relative neighbourhood graph. A lune of c components,
/// where vertices closer than the edge is long are joined, changes the homology by c − 1 classes of
/// degree 1 or 2 (see [Loops]).
final class LuneScan {
  private final EdgeFiltration edges;
  private final Adjacency adjacency;
  private final int from;
  private final int to;

  /// The edges with an empty lune.
  private final BitSet empty = new BitSet();

  private final List<Further> further = new ArrayList<>();

  /// A further component of the lune of an edge: its first vertex, and that of the first component.
  record Further(int edge, int vertex, int first) {}

  /// Below that, a chunk is not worth a thread.
  private static final int FEWEST_EDGES = 256;

  private LuneScan(EdgeFiltration edges, Adjacency adjacency, int from, int to) {
    this.edges = edges;
    this.adjacency = adjacency;
    this.from = from;
    this.to = to;
  }

  static LuneScan of(EdgeFiltration edges, Adjacency adjacency, Workers workers) {
    List<Callable<LuneScan>> parts = new ArrayList<>();
    int chunks = Math.clamp(edges.size() / FEWEST_EDGES, 1, 4 * workers.threads() - 3);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int first = (int) ((long) edges.size() * chunk / chunks);
      int end = (int) ((long) edges.size() * (chunk + 1) / chunks);
      parts.add(() -> new LuneScan(edges, adjacency, first, end).scan());
    }
    LuneScan all = new LuneScan(edges, adjacency, 0, edges.size());
    for (LuneScan part : workers.all(parts)) {
      all.empty.or(part.empty);
      all.further.addAll(part.further);
    }
    return all;
  }

  BitSet empty() {
    return empty;
  }

  /// The further components of all lunes, in the order of edges, then of first vertices.
  List<Further> further() {
    return further;
  }

  private LuneScan scan() {
    if (edges.hasSets()) {
      scanSets();
    } else {
      scanLists();
    }
    return this;
  }

  private void scanSets() {
    NearSets near = new NearSets(edges, from);
    long[] rest = new long[near.words()];
    long[] front = new long[near.words()];
    for (int rank = from; rank < to; rank++) {
      Interruption.check(rank);
      if (near.lune(rank, rest)) {
        components(rank, near, rest, front);
      } else {
        empty.set(rank);
      }
      near.add(rank);
    }
  }

  /// Takes components off `rest`, starting each at its first vertex.
  private void components(int rank, NearSets near, long[] rest, long[] front) {
    int first = -1;
    int start = 0;
    boolean left = true;
    while (left) {
      start = NearSets.next(rest, start);
      if (start < 0) {
        return;
      }
      if (first < 0) {
        first = start;
      } else {
        further.add(new Further(rank, start, first));
      }
      NearSets.clear(rest, start);
      Arrays.fill(front, 0);
      left = near.move(start, rest, front);
      for (int w = NearSets.next(front, 0); left && w >= 0; w = NearSets.next(front, 0)) {
        NearSets.clear(front, w);
        left = near.move(w, rest, front);
      }
    }
  }

  private void scanLists() {
    int[] rest = new int[edges.vertices()];
    int[] queue = new int[edges.vertices()];
    for (int rank = from; rank < to; rank++) {
      Interruption.check(rank);
      int size = adjacency.lune(edges.upper(rank), edges.lower(rank), rank, rest);
      if (size == 0) {
        empty.set(rank);
      } else {
        components(rank, rest, size, queue);
      }
    }
  }

  private void components(int rank, int[] rest, int count, int[] queue) {
    int first = rest[0];
    int size = count;
    while (size > 0) {
      if (rest[0] != first) {
        further.add(new Further(rank, rest[0], first));
      }
      queue[0] = rest[0];
      System.arraycopy(rest, 1, rest, 0, --size);
      int end = 1;
      for (int start = 0; start < end && size > 0; start++) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
          if (adjacency.rank(queue[start], rest[i]) < rank) {
            queue[end++] = rest[i];
          } else {
            rest[kept++] = rest[i];
          }
        }
        size = kept;
      }
    }
  }
}
