package topolip.homology;

import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/// The simplices of one dimension whose coboundaries must be reduced, in decreasing order.
///
/// Left out are those by which classes of the degree before die (clearing), and those in an
/// apparent pair with a facet or a cofacet. Nothing is stored: simplices are enumerated edge by
/// edge, as cliques among the vertices in the edge's lune, those closer to both ends than the edge
/// is long.
final class ColumnEnumeration {
  private final EdgeFiltration edges;
  private final SimplexCodec codec;
  private final int dimension;
  private final DeathSet cleared;
  private final int[] chosen;
  private final int[][] candidates;

  ColumnEnumeration(EdgeFiltration edges, SimplexCodec codec, int dimension, DeathSet cleared) {
    this.edges = edges;
    this.codec = codec;
    this.dimension = dimension;
    this.cleared = cleared;
    this.chosen = new int[dimension - 1];
    this.candidates = new int[dimension][edges.vertices()];
  }

  void forEach(LongConsumer column) {
    for (int edge = edges.size() - 1; edge >= 0; edge--) {
      if ((edge & 1023) == 0 && Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      if (dimension == 1) {
        if (!cleared.contains(edge) && !hasLune(edge)) {
          column.accept(edge);
        }
      } else {
        extend(edge, edge, 0, lune(edge, candidates[0]), column);
      }
    }
  }

  private boolean hasLune(int edge) {
    int[] toU = edges.ranks[edges.upper(edge)];
    int[] toV = edges.ranks[edges.lower(edge)];
    for (int w = 0; w < toU.length; w++) {
      if (toU[w] < edge && toV[w] < edge) {
        return true;
      }
    }
    return false;
  }

  private int lune(int edge, int[] target) {
    int[] toU = edges.ranks[edges.upper(edge)];
    int[] toV = edges.ranks[edges.lower(edge)];
    int size = 0;
    for (int w = 0; w < toU.length; w++) {
      if (toU[w] < edge && toV[w] < edge) {
        target[size++] = w;
      }
    }
    return size;
  }

  /// Adds vertices to `simplex`, which has `depth` others, from the candidates at this depth: those
  /// closer to each of its vertices than its longest edge, and before its others. The last vertex
  /// must not be the first candidate, which makes an apparent pair with the facet that lacks it,
  /// nor leave a candidate, the first of which makes one with the simplex.
  private void extend(int edge, long simplex, int depth, int size, LongConsumer column) {
    int[] from = candidates[depth];
    boolean last = depth == dimension - 2;
    for (int c = size - 1; c >= 0; c--) {
      chosen[depth] = from[c];
      long larger = codec.append(simplex, from[c]);
      int further = narrow(edge, from, c, last, candidates[depth + 1]);
      if (!last) {
        extend(edge, larger, depth + 1, further, column);
      } else if (further == 0 && c > 0 && !cleared.contains(larger)) {
        column.accept(larger);
      }
    }
  }

  /// The candidates before `c` that are also close to it; one is enough if `any`.
  private int narrow(int edge, int[] from, int c, boolean any, int[] target) {
    int[] toChosen = edges.ranks[from[c]];
    int size = 0;
    for (int i = 0; i < c; i++) {
      if (toChosen[from[i]] < edge) {
        target[size++] = from[i];
        if (any) {
          break;
        }
      }
    }
    return size;
  }
}
