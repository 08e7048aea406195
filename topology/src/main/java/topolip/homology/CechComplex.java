package topolip.homology;

import java.util.Arrays;
import java.util.List;

/// Simplices as longs, their vertices in decreasing order, and what is around them. Simplices of
/// one dimension are ordered by their radius, then by their number.
///
/// Not for use by several threads: each has its own.
final class CechComplex {
  private final EnclosingBalls balls;
  private final double threshold;
  private final int bits;
  private final int[] larger = new int[4];
  private final int[] facet = new int[4];

  CechComplex(EnclosingBalls balls, double threshold, int maxDimension, int spare) {
    this.balls = balls;
    this.threshold = threshold;
    this.bits =
        Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, balls.points() - 1)));
    if (bits * (maxDimension + 1) + spare >= Long.SIZE) {
      throw new IllegalArgumentException(
          "degree %d is feasible for %,d points, not for these %,d"
              .formatted(
                  maxDimension - 1,
                  1L << ((Long.SIZE - 1 - spare) / (maxDimension + 1)),
                  balls.points()));
    }
  }

  int points() {
    return balls.points();
  }

  double threshold() {
    return threshold;
  }

  /// The number of a simplex, its vertices decreasing.
  long encode(int[] vertices, int count) {
    long simplex = 0;
    for (int i = 0; i < count; i++) {
      simplex = simplex << bits | vertices[i];
    }
    return simplex;
  }

  void decode(long simplex, int count, int[] vertices) {
    long rest = simplex;
    for (int i = count - 1; i >= 0; i--) {
      vertices[i] = (int) (rest & (1L << bits) - 1);
      rest >>>= bits;
    }
  }

  List<Integer> vertices(long simplex, int count) {
    int[] vertices = new int[count];
    decode(simplex, count, vertices);
    return Arrays.stream(vertices).sorted().boxed().toList();
  }

  double radius(int[] vertices, int count) {
    return balls.radius(vertices, count);
  }

  double radius(long simplex, int count) {
    decode(simplex, count, facet);
    return balls.radius(facet, count);
  }

  /// Takes a cofacet of a simplex: its number, its radius, and how many vertices come before the
  /// new one.
  interface CofacetConsumer {
    void accept(long cofacet, double radius, int place);
  }

  void forEachCofacet(int[] vertices, int count, CofacetConsumer consumer) {
    for (int w = 0; w < points(); w++) {
      int place = insert(vertices, count, w);
      if (place >= 0) {
        double radius = balls.radius(larger, count + 1);
        if (radius <= threshold && radius < Double.POSITIVE_INFINITY) {
          consumer.accept(encode(larger, count + 1), radius, place);
        }
      }
    }
  }

  /// Writes the vertices with another one to `larger`; how many come before it in increasing order,
  /// or −1 if it is there already.
  private int insert(int[] vertices, int count, int w) {
    int i = 0;
    while (i < count && vertices[i] > w) {
      larger[i] = vertices[i];
      i++;
    }
    if (i < count && vertices[i] == w) {
      return -1;
    }
    larger[i] = w;
    System.arraycopy(vertices, i, larger, i + 1, count - i);
    return count - i;
  }

  /// Whether a simplex is in no apparent pair, its vertices decreasing.
  boolean isColumn(int[] vertices, int count, double radius) {
    return apparentFacet(encode(vertices, count), count, radius) == Chain.EMPTY
        && !hasApparentCofacet(vertices, count, radius);
  }

  /// The facet with which a simplex makes an apparent pair, or [Chain#EMPTY]: its latest facet, if
  /// that has the same radius and the simplex is its earliest cofacet.
  long apparentFacet(long simplex, int count, double radius) {
    int[] vertices = new int[count];
    decode(simplex, count, vertices);
    int omitted = latestFacet(vertices, count, radius);
    if (omitted < 0) {
      return Chain.EMPTY;
    }
    int w = vertices[omitted];
    int[] rest = without(vertices, count, omitted);
    return earliestEqualCofacet(rest, count - 1, radius, w) == w
        ? encode(rest, count - 1)
        : Chain.EMPTY;
  }

  /// Whether a simplex makes an apparent pair with a cofacet.
  boolean hasApparentCofacet(int[] vertices, int count, double radius) {
    int w = earliestEqualCofacet(vertices, count, radius, points() - 1);
    if (w < 0) {
      return false;
    }
    int place = insert(vertices, count, w);
    int[] cofacet = Arrays.copyOf(larger, count + 1);
    return latestFacet(cofacet, count + 1, radius) == count - place;
  }

  private static int[] without(int[] vertices, int count, int omitted) {
    int[] rest = new int[count - 1];
    System.arraycopy(vertices, 0, rest, 0, omitted);
    System.arraycopy(vertices, omitted + 1, rest, omitted, count - 1 - omitted);
    return rest;
  }

  /// The place of the vertex that the latest facet of the same radius lacks, or −1.
  private int latestFacet(int[] vertices, int count, double radius) {
    for (int omitted = count - 1; omitted >= 0; omitted--) {
      if (balls.radius(without(vertices, count, omitted), count - 1) == radius) {
        return omitted;
      }
    }
    return -1;
  }

  /// The first vertex up to `last` that can be added without a larger radius, or −1.
  private int earliestEqualCofacet(int[] vertices, int count, double radius, int last) {
    for (int w = 0; w <= last; w++) {
      if (insert(vertices, count, w) >= 0 && balls.radius(larger, count + 1) == radius) {
        return w;
      }
    }
    return -1;
  }
}
