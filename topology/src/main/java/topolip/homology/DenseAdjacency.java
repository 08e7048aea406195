package topolip.homology;

import java.util.Arrays;

/// Ranks as a matrix: 4n² bytes, and a step a vertex.
final class DenseAdjacency implements Adjacency {
  private final int[][] ranks;

  DenseAdjacency(EdgeFiltration edges) {
    int n = edges.vertices();
    ranks = new int[n][n];
    for (int[] row : ranks) {
      Arrays.fill(row, ABSENT);
    }
    for (int rank = 0; rank < edges.size(); rank++) {
      int u = edges.upper(rank);
      int v = edges.lower(rank);
      ranks[u][v] = rank;
      ranks[v][u] = rank;
    }
  }

  @Override
  public int vertices() {
    return ranks.length;
  }

  @Override
  public int rank(int u, int v) {
    return ranks[u][v];
  }

  @Override
  public int lune(int u, int v, int rank, int[] target) {
    int[] toU = ranks[u];
    int[] toV = ranks[v];
    int size = 0;
    for (int w = 0; w < toU.length; w++) {
      if (toU[w] < rank && toV[w] < rank) {
        target[size++] = w;
      }
    }
    return size;
  }

  @Override
  public boolean hasCommon(int[] vertices, int count, int rank, int limit) {
    int[] first = ranks[vertices[0]];
    int[] second = ranks[vertices[1]];
    for (int w = 0; w < limit; w++) {
      if (first[w] < rank && second[w] < rank) {
        int i = 2;
        while (i < count && ranks[vertices[i]][w] < rank) {
          i++;
        }
        if (i == count) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public int narrow(int v, int rank, int[] from, int count, int most, int[] target) {
    int[] toV = ranks[v];
    int size = 0;
    for (int i = 0; i < count && size < most; i++) {
      if (toV[from[i]] < rank) {
        target[size++] = from[i];
      }
    }
    return size;
  }

  @Override
  public int common(int[] vertices, int count, int[] target, int[] latest, int[] end) {
    return switch (count) {
      case 2 -> commonOfTwo(ranks[vertices[0]], ranks[vertices[1]], target, latest, end);
      case 3 ->
          commonOfThree(
              ranks[vertices[0]], ranks[vertices[1]], ranks[vertices[2]], target, latest, end);
      default -> commonOfMany(vertices, count, target, latest, end);
    };
  }

  private static int commonOfTwo(int[] first, int[] second, int[] target, int[] latest, int[] end) {
    int size = 0;
    for (int w = 0; w < first.length; w++) {
      int a = first[w];
      int b = second[w];
      int longest = Math.max(a, b);
      if (longest != ABSENT) {
        target[size] = w;
        latest[size] = longest;
        end[size++] = a > b ? 0 : 1;
      }
    }
    return size;
  }

  private static int commonOfThree(
      int[] first, int[] second, int[] third, int[] target, int[] latest, int[] end) {
    int size = 0;
    for (int w = 0; w < first.length; w++) {
      int a = first[w];
      int b = second[w];
      int c = third[w];
      int longest = Math.max(Math.max(a, b), c);
      if (longest != ABSENT) {
        target[size] = w;
        latest[size] = longest;
        end[size++] = a == longest ? 0 : b == longest ? 1 : 2;
      }
    }
    return size;
  }

  private int commonOfMany(int[] vertices, int count, int[] target, int[] latest, int[] end) {
    int size = 0;
    for (int w = 0; w < ranks.length; w++) {
      int longest = -1;
      int place = 0;
      int[] toW = ranks[w];
      for (int i = 0; i < count && longest != ABSENT; i++) {
        int rank = toW[vertices[i]];
        if (rank > longest) {
          longest = rank;
          place = i;
        }
      }
      if (longest != ABSENT) {
        target[size] = w;
        latest[size] = longest;
        end[size++] = place;
      }
    }
    return size;
  }
}
