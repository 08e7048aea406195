package topolip.homology;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
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

  /// By rank; looked up where it can be, rather than stored.
  private final IntToDoubleFunction lengths;

  private EdgeFiltration(int vertices, long[] ends, IntToDoubleFunction lengths) {
    this.vertices = vertices;
    this.ends = ends;
    this.lengths = lengths;
  }

  /// The given edges up to a threshold.
  static EdgeFiltration of(SparseDistances distances, double threshold) {
    long[] order =
        IntStream.range(0, distances.edges())
            .filter(e -> isEdge(distances.distance(e), threshold))
            .asLongStream()
            .toArray();
    ValueOrder.sort(order, distances::distance);
    double[] lengths = new double[order.length];
    for (int rank = 0; rank < order.length; rank++) {
      int edge = (int) order[rank];
      lengths[rank] = distances.distance(edge);
      order[rank] = pair(distances.upper(edge), distances.lower(edge));
    }
    return new EdgeFiltration(distances.size(), order, rank -> lengths[rank]);
  }

  /// The pairs up to a threshold. They are numbered by their ends, of which each fits 16 bits.
  static EdgeFiltration of(DistanceMatrix distances, double threshold) {
    int n = distances.size();
    long[] order = new long[count(distances, threshold)];
    int e = 0;
    for (long i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (isEdge(distances.distance((int) i, j), threshold)) {
          order[e++] = i << Character.SIZE | j;
        }
      }
    }
    ValueOrder.sort(order, p -> distances.distance(p >>> Character.SIZE, (char) p));
    for (int rank = 0; rank < order.length; rank++) {
      order[rank] = pair((int) (order[rank] >>> Character.SIZE), (char) order[rank]);
    }
    return new EdgeFiltration(
        n, order, rank -> distances.distance((int) (order[rank] >>> 32), (int) order[rank]));
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
      newLengths[i] = lengths.applyAsDouble((int) (order[i] >>> 32));
    }
    return new EdgeFiltration(vertices, newEnds, rank -> newLengths[rank]);
  }

  /// The same edges at half their lengths.
  EdgeFiltration halved() {
    return new EdgeFiltration(vertices, ends, rank -> length(rank) / 2);
  }

  /// Whether a matrix of ranks is faster than lists of neighbours, and not too large.
  static boolean isDense(int vertices, long edges) {
    return density(vertices, edges) >= DENSE && fitsMatrix(vertices);
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

  /// Whether a matrix of ranks of so many vertices is not too large.
  static boolean fitsMatrix(long vertices) {
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
    return lengths.applyAsDouble(rank) + 0.0; // −0 becomes 0
  }
}
