package topolip.homology;

import java.util.Arrays;

/// Each vertex's neighbours in increasing order, with the ranks of the edges to them: 16 bytes an
/// edge, and a step a neighbour.
final class SparseAdjacency implements Adjacency {
  private final int[][] neighbours;
  private final int[][] ranks;

  SparseAdjacency(EdgeFiltration edges) {
    int n = edges.vertices();
    int[] degrees = new int[n];
    for (int rank = 0; rank < edges.size(); rank++) {
      degrees[edges.upper(rank)]++;
      degrees[edges.lower(rank)]++;
    }
    neighbours = new int[n][];
    ranks = new int[n][];
    long[][] rows = new long[n][];
    Arrays.setAll(rows, v -> new long[degrees[v]]);
    for (int rank = 0; rank < edges.size(); rank++) {
      int u = edges.upper(rank);
      int v = edges.lower(rank);
      rows[u][--degrees[u]] = (long) v << 32 | rank;
      rows[v][--degrees[v]] = (long) u << 32 | rank;
    }
    for (int v = 0; v < n; v++) {
      Arrays.sort(rows[v]);
      neighbours[v] = Arrays.stream(rows[v]).mapToInt(entry -> (int) (entry >>> 32)).toArray();
      ranks[v] = Arrays.stream(rows[v]).mapToInt(entry -> (int) entry).toArray();
      rows[v] = new long[0];
    }
  }

  @Override
  public int vertices() {
    return neighbours.length;
  }

  @Override
  public int rank(int u, int v) {
    int place = Arrays.binarySearch(neighbours[u], v);
    return place < 0 ? ABSENT : ranks[u][place];
  }

  @Override
  public int lune(int u, int v, int rank, int[] target) {
    int[] ofU = neighbours[u];
    int[] ofV = neighbours[v];
    int size = 0;
    for (int i = 0, j = 0; i < ofU.length && j < ofV.length; ) {
      int difference = Integer.compare(ofU[i], ofV[j]);
      if (difference == 0) {
        if (ranks[u][i] < rank && ranks[v][j] < rank) {
          target[size++] = ofU[i];
        }
        i++;
        j++;
      } else if (difference < 0) {
        i++;
      } else {
        j++;
      }
    }
    return size;
  }

  @Override
  public boolean hasCommon(int[] vertices, int count, int rank, int limit) {
    int fewest = fewest(vertices, count);
    int[] candidates = neighbours[fewest];
    for (int c = 0; c < candidates.length && candidates[c] < limit; c++) {
      if (ranks[fewest][c] < rank && isJoined(candidates[c], vertices, count, fewest, rank)) {
        return true;
      }
    }
    return false;
  }

  private boolean isJoined(int w, int[] vertices, int count, int except, int rank) {
    for (int i = 0; i < count; i++) {
      if (vertices[i] != except && rank(vertices[i], w) >= rank) {
        return false;
      }
    }
    return true;
  }

  /// The vertex with the fewest neighbours.
  private int fewest(int[] vertices, int count) {
    int fewest = vertices[0];
    for (int i = 1; i < count; i++) {
      if (neighbours[vertices[i]].length < neighbours[fewest].length) {
        fewest = vertices[i];
      }
    }
    return fewest;
  }

  @Override
  public int narrow(int v, int rank, int[] from, int count, int most, int[] target) {
    int[] ofV = neighbours[v];
    int size = 0;
    for (int i = 0, j = 0; i < count && j < ofV.length && size < most; ) {
      if (from[i] == ofV[j]) {
        if (ranks[v][j] < rank) {
          target[size++] = from[i];
        }
        i++;
        j++;
      } else if (from[i] < ofV[j]) {
        i++;
      } else {
        j++;
      }
    }
    return size;
  }

  @Override
  public int common(int[] vertices, int count, int[] target, int[] latest, int[] end) {
    int[] first = neighbours[vertices[0]];
    int size = first.length;
    System.arraycopy(first, 0, target, 0, size);
    System.arraycopy(ranks[vertices[0]], 0, latest, 0, size);
    Arrays.fill(end, 0, size, 0);
    for (int i = 1; i < count; i++) {
      size = intersect(vertices[i], i, size, target, latest, end);
    }
    return size;
  }

  private int intersect(int v, int place, int count, int[] target, int[] latest, int[] end) {
    int[] ofV = neighbours[v];
    int[] ranksOfV = ranks[v];
    int size = 0;
    for (int i = 0, j = 0; i < count && j < ofV.length; ) {
      if (target[i] == ofV[j]) {
        boolean later = ranksOfV[j] > latest[i];
        target[size] = target[i];
        latest[size] = later ? ranksOfV[j] : latest[i];
        end[size++] = later ? place : end[i];
        i++;
        j++;
      } else if (target[i] < ofV[j]) {
        i++;
      } else {
        j++;
      }
    }
    return size;
  }
}
