package topolip.homology;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import topolip.geometry.Workers;

/// The simplices of one dimension whose coboundaries must be reduced, in decreasing order.
///
/// Left out are those by which classes of the degree before die (clearing), and those in an
/// apparent pair with a facet or a cofacet. Nothing else is stored: simplices are enumerated edge
/// by edge, as cliques among the vertices in the edge's lune, those closer to both ends than the
/// edge is long. Vertices are added in decreasing order from candidates, those closer to each
/// vertex so far and before its others. The last vertex must not be the first candidate, which
/// makes an apparent pair with the facet that lacks it, nor be close to a candidate before it, the
/// first of which makes one with the simplex.
final class ColumnEnumeration {
  private static final int CHUNKS_PER_THREAD = 8;

  private final EdgeFiltration edges;
  private final Adjacency adjacency;
  private final SimplexCodec codec;
  private final int dimension;
  private final DeathSet cleared;

  ColumnEnumeration(
      EdgeFiltration edges,
      Adjacency adjacency,
      SimplexCodec codec,
      int dimension,
      DeathSet cleared) {
    this.edges = edges;
    this.adjacency = adjacency;
    this.codec = codec;
    this.dimension = dimension;
    this.cleared = cleared;
  }

  long[] columns(Workers workers) {
    List<Callable<LongList>> tasks = new ArrayList<>();
    int chunks = workers.threads() == 1 ? 1 : CHUNKS_PER_THREAD * workers.threads();
    for (int chunk = 0; chunk < chunks; chunk++) {
      int from = (int) ((long) edges.size() * chunk / chunks);
      int to = (int) ((long) edges.size() * (chunk + 1) / chunks);
      tasks.add(() -> edges.hasSets() ? new Sets(from).columns(to) : new Lists().columns(from, to));
    }
    return LongList.reversed(workers.all(tasks));
  }

  private void addUnlessCleared(LongList columns, long simplex) {
    if (!cleared.contains(simplex)) {
      columns.add(simplex);
    }
  }

  /// Candidates as bit sets: those without a close candidate before them are found by taking off
  /// what is close to one candidate after the other, of which a few are enough.
  private final class Sets {
    private final int from;
    private final NearSets near;
    private final long[][] candidates;
    private final LongList columns = new LongList();

    Sets(int from) {
      this.from = from;
      this.near = new NearSets(edges, from);
      this.candidates = new long[dimension][near.words()];
    }

    LongList columns(int to) {
      for (int edge = from; edge < to; edge++) {
        Interruption.check(edge);
        boolean any = near.lune(edge, candidates[0]);
        if (dimension > 1 && any) {
          extend(edge, 0);
        } else if (dimension == 1 && !any) {
          addUnlessCleared(columns, edge);
        }
        near.add(edge);
      }
      return columns;
    }

    private void extend(long simplex, int depth) {
      long[] set = candidates[depth];
      if (depth == dimension - 2) {
        addUncovered(simplex, set, candidates[depth + 1]);
        return;
      }
      for (int w = NearSets.next(set, 0); w >= 0; w = NearSets.next(set, w + 1)) {
        near.narrow(w, set, candidates[depth + 1]);
        extend(codec.append(simplex, w), depth + 1);
      }
    }

    private void addUncovered(long simplex, long[] set, long[] rest) {
      System.arraycopy(set, 0, rest, 0, set.length);
      int w = NearSets.next(set, 0);
      if (w < 0) {
        return;
      }
      NearSets.clear(rest, w);
      boolean left = near.remove(w, rest);
      for (w = NearSets.next(set, w + 1); left && w >= 0; w = NearSets.next(set, w + 1)) {
        if (NearSets.contains(rest, w)) {
          addUnlessCleared(columns, codec.append(simplex, w));
          NearSets.clear(rest, w);
        }
        left = near.remove(w, rest);
      }
    }
  }

  /// Candidates as lists.
  private final class Lists {
    private final int[][] candidates = new int[dimension][edges.vertices()];
    private final LongList columns = new LongList();

    LongList columns(int from, int to) {
      for (int edge = from; edge < to; edge++) {
        Interruption.check(edge);
        int size = adjacency.lune(edges.upper(edge), edges.lower(edge), edge, candidates[0]);
        if (dimension > 1) {
          extend(edge, edge, 0, size);
        } else if (size == 0) {
          addUnlessCleared(columns, edge);
        }
      }
      return columns;
    }

    private void extend(int edge, long simplex, int depth, int size) {
      int[] from = candidates[depth];
      boolean last = depth == dimension - 2;
      for (int c = 0; c < size; c++) {
        long larger = codec.append(simplex, from[c]);
        int most = last ? 1 : c;
        int further = adjacency.narrow(from[c], edge, from, c, most, candidates[depth + 1]);
        if (!last) {
          extend(edge, larger, depth + 1, further);
        } else if (further == 0 && c > 0) {
          addUnlessCleared(columns, larger);
        }
      }
    }
  }
}
