package topolip.diagram;

import java.util.Arrays;
import java.util.stream.IntStream;

/// One diagram's part in a matching and its dual: of each point its mate, its dual value, and the
/// points of the other diagram that it may be matched with.
///
/// Dual values are at most the cost of the diagonal, and those of two points sum to at most their
/// cost, with equality if they are matched. So the sum of all of them is a lower bound to the cost
/// of every matching, and is reached once the points without a mate have their diagonal's cost.
final class MatchingSide {
  static final int FREE = -1;

  final double[] births;
  final double[] deaths;
  final PointTree tree;
  final double[] diagonal;
  final double[] dual;
  final int[] mate;
  final double[] mateCost;
  final int[][] arcs;
  final double[][] costs;
  final int[] degree;

  MatchingSide(MatchingCost cost, DiagramPoints points) {
    births = points.births();
    deaths = points.deaths();
    tree = new PointTree(cost, births, deaths);
    diagonal = cost.diagonals(points.persistences());
    dual = diagonal.clone();
    mate = new int[births.length];
    mateCost = new double[births.length];
    arcs = new int[births.length][0];
    costs = new double[births.length][0];
    degree = new int[births.length];
    Arrays.fill(mate, FREE);
  }

  int size() {
    return births.length;
  }

  /// Whether a point is matched, or its dual value is what the diagonal costs.
  boolean isSettled(int point) {
    return mate[point] != FREE || dual[point] >= diagonal[point];
  }

  boolean hasArc(int point, int other) {
    for (int k = 0; k < degree[point]; k++) {
      if (arcs[point][k] == other) {
        return true;
      }
    }
    return false;
  }

  void addArc(int point, int other, double cost) {
    int k = degree[point]++;
    if (k == arcs[point].length) {
      arcs[point] = Arrays.copyOf(arcs[point], Math.max(4, k + k / 2));
      costs[point] = Arrays.copyOf(costs[point], arcs[point].length);
    }
    arcs[point][k] = other;
    costs[point][k] = cost;
  }

  void match(int point, int other, double cost) {
    mate[point] = other;
    mateCost[point] = cost;
  }

  /// Forgets the matching; dual values are those of the diagonal again.
  void reset() {
    Arrays.fill(mate, FREE);
    System.arraycopy(diagonal, 0, dual, 0, dual.length);
  }

  double matchedCost() {
    return IntStream.range(0, size())
        .filter(i -> mate[i] != FREE)
        .mapToDouble(i -> mateCost[i])
        .sum();
  }

  /// What the points without a mate cost.
  double diagonalCost() {
    return IntStream.range(0, size())
        .filter(i -> mate[i] == FREE)
        .mapToDouble(i -> diagonal[i])
        .sum();
  }

  double dualSum() {
    return Arrays.stream(dual).sum();
  }
}
