package topolip.homology;

import java.util.Arrays;
import topolip.geometry.DistanceMatrix;

/// Estimates what Čech homology takes: which simplices of a sample make columns of the matrix that
/// is reduced, and with that how many of all do.
final class CechCost {
  /// A column with its simplices, a place in the map of pivots, and a short sum.
  private static final long BYTES_A_COLUMN = 256;

  /// What was measured for each point and simplex of degree 1 and 2, most of which are seen soon to
  /// make no column, and for each point and column.
  private static final double[] SECONDS_A_SIMPLEX = {0, 5e-9, 7e-8};

  private static final double SECONDS_A_COLUMN = 2e-7;

  private final Cech cech;
  private final DistanceMatrix distances;
  private final double bound;
  private final CechComplex complex;
  private final double[] simplices;
  private double columns;

  private CechCost(Cech cech, DistanceMatrix distances) {
    this.cech = cech;
    this.distances = distances;
    this.bound = cech.bound(distances);
    int largest = cech.maxDegree() + 1;
    this.complex = new CechComplex(new EnclosingBalls(distances), bound, largest, 0);
    this.simplices = new double[largest + 1];
  }

  static Cost of(Cech cech, DistanceMatrix distances) {
    return new CechCost(cech, distances).cost();
  }

  /// What is known beforehand: distances, edges, and the square of distances that balls are found
  /// from.
  static long bytesBesidesColumns(long points) {
    return points * (points - 1) / 2 * (8 + 8) + 8 * points * points;
  }

  /// The memory of as many columns as there can be.
  static double mostBytes(long points, int maxDegree) {
    double all = 0;
    double count = points;
    for (int degree = 1; degree <= maxDegree; degree++) {
      count *= (points - degree) / (degree + 1.0);
      all += count;
    }
    return bytesBesidesColumns(points) + all * BYTES_A_COLUMN;
  }

  private Cost cost() {
    int points = distances.size();
    SimplexSample.visit(
        points,
        (u, v) -> EdgeFiltration.isEdge(distances.distance(u, v), 2 * bound),
        simplices.length,
        this::add);
    long edges = EdgeFiltration.count(distances, 2 * bound);
    simplices[0] = points;
    simplices[1] = edges;
    return new Cost(
        cech.maxDegree(),
        points,
        edges,
        Arrays.stream(simplices).sum(),
        bytesBesidesColumns(points) + (long) (columns * BYTES_A_COLUMN),
        seconds());
  }

  private void add(int[] chosen, int count, double weight) {
    int[] vertices = Arrays.copyOf(chosen, count);
    Arrays.sort(vertices);
    for (int i = 0; i < count / 2; i++) {
      int other = vertices[count - 1 - i];
      vertices[count - 1 - i] = vertices[i];
      vertices[i] = other;
    }
    double radius = complex.radius(vertices, count);
    if (radius <= bound && radius < Double.POSITIVE_INFINITY) {
      simplices[count - 1] += weight;
      if (count > 1 && count <= cech.maxDegree() + 1 && complex.isColumn(vertices, count, radius)) {
        columns += weight;
      }
    }
  }

  /// All points are tried as a further vertex of each simplex, and of each that a column adds up.
  private double seconds() {
    double seconds = SECONDS_A_COLUMN * columns;
    for (int degree = 1; degree <= cech.maxDegree(); degree++) {
      seconds += SECONDS_A_SIMPLEX[degree] * simplices[degree];
    }
    return distances.size() * seconds;
  }
}
