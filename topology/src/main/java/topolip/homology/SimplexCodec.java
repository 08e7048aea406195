package topolip.homology;

import java.util.Arrays;
import java.util.List;

/// Simplices as longs, in the order of the filtration.
///
/// A simplex of dimension d ≥ 1 is the rank of its longest edge, followed by its other d − 1
/// vertices in decreasing order, a fixed number of bits each.
final class SimplexCodec {
  private final EdgeFiltration edges;
  private final int bits;
  private final long mask;

  /// @param maxDimension the highest dimension of simplices that are encoded
  /// @param spare bits to leave free in each number
  SimplexCodec(EdgeFiltration edges, int maxDimension, int spare) {
    this.edges = edges;
    this.bits = bits(edges.vertices() - 1);
    this.mask = (1L << bits) - 1;
    requireRoom(bits(edges.size() - 1), maxDimension, spare);
  }

  private static int bits(int largest) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, largest)));
  }

  private void requireRoom(int edgeBits, int maxDimension, int spare) {
    if (edgeBits + (long) bits * (maxDimension - 1) + spare >= Long.SIZE) {
      // 2b − 1 bits for the edges among 2^b vertices, b for each other vertex.
      int feasible = (Long.SIZE - spare) / (maxDimension + 1);
      throw new IllegalArgumentException(
          "degree %d is feasible for any %,d points, not for these %,d; take fewer points, a lower"
                  .formatted(maxDimension - 1, 1L << feasible, edges.vertices())
              + " degree or a threshold");
    }
  }

  /// How far the rank of a simplex of this dimension is shifted.
  int shift(int dimension) {
    return bits * (dimension - 1);
  }

  int rank(long simplex, int dimension) {
    return (int) (simplex >>> shift(dimension));
  }

  double diameter(long simplex, int dimension) {
    return edges.length(rank(simplex, dimension));
  }

  /// The simplex with one more vertex behind its others, smaller than each of them.
  long append(long simplex, int vertex) {
    return simplex << bits | vertex;
  }

  /// The simplex without the smallest of its other vertices.
  long withoutLast(long simplex) {
    return simplex >>> bits;
  }

  /// Writes the vertices of a simplex: the ends of its longest edge, the larger first, then the
  /// others in decreasing order.
  void decode(long simplex, int dimension, int[] vertices) {
    int rank = rank(simplex, dimension);
    vertices[0] = edges.upper(rank);
    vertices[1] = edges.lower(rank);
    long others = simplex;
    for (int i = dimension; i >= 2; i--) {
      vertices[i] = (int) (others & mask);
      others >>>= bits;
    }
  }

  /// The vertices of a simplex in increasing order.
  List<Integer> vertices(long simplex, int dimension) {
    int[] vertices = new int[dimension + 1];
    decode(simplex, dimension, vertices);
    return Arrays.stream(vertices).sorted().boxed().toList();
  }

  /// The simplex with longest edge `rank` and, as others, `vertices` without the one at `skipped`,
  /// and with `added` unless that is −1. Others need not be in order.
  long encode(
      int rank, int[] vertices, int from, int count, int skipped, int added, int[] scratch) {
    int size = 0;
    for (int i = from; i < count; i++) {
      if (i != skipped) {
        size = insert(scratch, size, vertices[i]);
      }
    }
    if (added >= 0) {
      size = insert(scratch, size, added);
    }
    long simplex = rank;
    for (int i = 0; i < size; i++) {
      simplex = append(simplex, scratch[i]);
    }
    return simplex;
  }

  /// Inserts into a decreasing sequence.
  private static int insert(int[] sequence, int size, int value) {
    int i = size;
    while (i > 0 && sequence[i - 1] < value) {
      sequence[i] = sequence[i - 1];
      i--;
    }
    sequence[i] = value;
    return size + 1;
  }
}
