package topolip.homology;

import java.util.Arrays;
import java.util.stream.IntStream;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.SparseDistances;

/// The edges of a filtration in their order: by length, ties by the order of their ends.
final class EdgeFiltration {
  /// From this share of all pairs on, a matrix of ranks was measured to be faster than lists.
  private static final double DENSE = 1.0 / 16;

  /// A matrix of ranks of so many vertices takes 1 GiB.
  private static final int MOST_FOR_MATRIX = 16_384;

  /// From this share on, the words of a bit set are fewer than a vertex's neighbours.
  private static final double LEAST_FOR_SETS = 1.0 / 64;

  /// Bit sets of so many vertices take 128 MiB a thread.
  private static final int MOST_FOR_SETS = 32_768;

  private final int vertices;
  private final long[] ends;
  private final double[] lengths;

  private EdgeFiltration(int vertices, long[] ends, double[] lengths) {
    this.vertices = vertices;
    this.ends = ends;
    this.lengths = lengths;
  }

  /// The given edges up to a threshold.
  static EdgeFiltration of(SparseDistances distances, double threshold) {
    LongList pairs = new LongList();
    for (int e = 0; e < distances.edges(); e++) {
      if (isEdge(distances.distance(e), threshold)) {
        pairs.add(pair(distances.upper(e), distances.lower(e)));
      }
    }
    double[] values =
        IntStream.range(0, distances.edges())
            .mapToDouble(distances::distance)
            .filter(d -> isEdge(d, threshold))
            .toArray();
    return of(distances.size(), pairs.toArray(), values);
  }

  /// The pairs up to a threshold.
  static EdgeFiltration of(DistanceMatrix distances, double threshold) {
    int n = distances.size();
    int count = count(distances, threshold);
    long[] pairs = new long[count];
    double[] values = new double[count];
    int e = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double distance = distances.distance(i, j);
        if (isEdge(distance, threshold)) {
          pairs[e] = pair(i, j);
          values[e++] = distance;
        }
      }
    }
    return of(n, pairs, values);
  }

  /// How many pairs there are up to a threshold.
  static int count(DistanceMatrix distances, double threshold) {
    int count = 0;
    for (int i = 0; i < distances.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (isEdge(distances.distance(i, j), threshold)) {
          count++;
        }
      }
    }
    return count;
  }

  static boolean isEdge(double distance, double threshold) {
    return distance <= threshold && distance < Double.POSITIVE_INFINITY;
  }

  /// The ends of an edge as one number, the larger first.
  private static long pair(int upper, int lower) {
    return (long) upper << 32 | lower;
  }

  /// Edges given by their ends in increasing order, and their lengths.
  static EdgeFiltration of(int vertices, long[] pairs, double[] values) {
    int[] order = ValueOrder.of(values);
    long[] ends = new long[order.length];
    double[] lengths = new double[order.length];
    for (int rank = 0; rank < order.length; rank++) {
      ends[rank] = pairs[order[rank]];
      lengths[rank] = values[order[rank]] + 0.0; // −0 becomes 0
    }
    return new EdgeFiltration(vertices, ends, lengths);
  }

  /// When an edge appears in another filtration: a rank of this one, or [Adjacency#ABSENT].
  interface Time {
    int of(int upper, int lower);
  }

  /// The filtration in which edges appear with others of this one.
  EdgeFiltration moved(Time time) {
    long[] order = new long[ends.length];
    int count = 0;
    for (int rank = 0; rank < ends.length; rank++) {
      int to = time.of(upper(rank), lower(rank));
      if (to != Adjacency.ABSENT) {
        order[count++] = (long) to << 32 | rank;
      }
    }
    Arrays.sort(order, 0, count);
    long[] newEnds = new long[count];
    double[] newLengths = new double[count];
    for (int i = 0; i < count; i++) {
      newEnds[i] = ends[(int) order[i]];
      newLengths[i] = lengths[(int) (order[i] >>> 32)];
    }
    return new EdgeFiltration(vertices, newEnds, newLengths);
  }

  /// The same edges at half their lengths.
  EdgeFiltration halved() {
    return new EdgeFiltration(
        vertices, ends, Arrays.stream(lengths).map(length -> length / 2).toArray());
  }

  /// Whether a matrix of ranks is faster than lists of neighbours, and not too large.
  static boolean isDense(int vertices, long edges) {
    return density(vertices, edges) >= DENSE && vertices <= MOST_FOR_MATRIX;
  }

  /// Whether bit sets of vertices are faster than lists of neighbours, and small enough.
  static boolean hasSets(int vertices, long edges) {
    return density(vertices, edges) >= LEAST_FOR_SETS && vertices <= MOST_FOR_SETS;
  }

  /// The share of all pairs of vertices that are edges.
  private static double density(int vertices, long edges) {
    return vertices < 2 ? 1 : edges / (vertices * (vertices - 1) / 2.0);
  }

  boolean hasSets() {
    return hasSets(vertices, size());
  }

  /// Whether a matrix of ranks is not too large.
  boolean fitsMatrix() {
    return vertices <= MOST_FOR_MATRIX;
  }

  Adjacency adjacency() {
    return isDense(vertices, size()) ? new DenseAdjacency(this) : new SparseAdjacency(this);
  }

  int vertices() {
    return vertices;
  }

  int size() {
    return ends.length;
  }

  /// The larger end of an edge.
  int upper(int rank) {
    return (int) (ends[rank] >>> 32);
  }

  /// The smaller end of an edge.
  int lower(int rank) {
    return (int) ends[rank];
  }

  double length(int rank) {
    return lengths[rank];
  }
}
