package topolip.diagram;

import static topolip.diagram.MatchingSide.FREE;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/// The least radius at which points of one diagram can be matched with as many of another, but for
/// those that are as near to the diagonal.
///
/// At a given radius the matching is grown by forests of alternating paths, one tree from each point
/// to be covered (Hopcroft and Karp 1973, DOI 10.1137/0202019, without layers): points of the other
/// diagram leave a k-d tree as they are reached. Where a forest finds no path, its points have no
/// neighbours outside of it, so that the radius must reach the nearest of these, or the diagonal:
/// that, and the longest pair of a matching that was found, are the ends of the search's interval.
final class Covering {
  private static final MatchingCost DISTANCE = new MatchingCost(1, Double.POSITIVE_INFINITY);

  private final MatchingSide rows;
  private final MatchingSide columns;
  private final CheapestPoints nearest;

  /// The row that reached a column, the row whose tree a row is in, and the rows reached, in order.
  private final int[] predecessor;

  private final int[] root;
  private final int[] queue;
  private int queued;
  private final boolean[] isDone;

  Covering(DiagramPoints a, DiagramPoints b) {
    rows = new MatchingSide(DISTANCE, a);
    columns = new MatchingSide(DISTANCE, b);
    nearest = new CheapestPoints(1, b.size());
    predecessor = new int[b.size()];
    root = new int[a.size()];
    queue = new int[a.size()];
    isDone = new boolean[a.size()];
  }

  /// The least radius, or `atLeast` if that is larger.
  double leastRadius(double atLeast) {
    double low = Math.max(atLeast, farthestNeighbour());
    double high = Math.max(low, Arrays.stream(rows.diagonal).max().orElse(0));
    double radius = low;
    while (true) {
      double needed = neededRadius(radius);
      if (needed <= radius) {
        high = Math.max(low, longest());
      } else {
        low = Math.min(high, needed);
      }
      if (low >= high) {
        return high;
      }
      radius = Math.max(low, low + (high - low) / 2);
    }
  }

  /// No smaller radius gives every point a neighbour.
  private double farthestNeighbour() {
    double farthest = 0;
    for (int i = 0; i < rows.size(); i++) {
      farthest = Math.max(farthest, Math.min(rows.diagonal[i], distanceToNearest(i)));
    }
    return farthest;
  }

  private double distanceToNearest(int row) {
    nearest.start(row, Double.POSITIVE_INFINITY);
    columns.tree.find(rows.births[row], rows.deaths[row], nearest);
    return nearest.size() == 0 ? Double.POSITIVE_INFINITY : nearest.cost(0);
  }

  /// The longest pair, or distance to the diagonal of a row without mate.
  private double longest() {
    double longest = 0;
    for (int i = 0; i < rows.size(); i++) {
      longest = Math.max(longest, rows.mate[i] == FREE ? rows.diagonal[i] : rows.mateCost[i]);
    }
    return longest;
  }

  /// The radius, if all rows farther from the diagonal can be covered within it; otherwise something
  /// larger that is necessary for it.
  static int phases, tests;
  private double neededRadius(double radius) {
    tests++;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.mate[i] != FREE && (rows.mateCost[i] > radius || rows.diagonal[i] <= radius)) {
        columns.mate[rows.mate[i]] = FREE;
        rows.mate[i] = FREE;
      }
    }
    while (true) {
      phases++;
      int uncovered = plantRoots(radius);
      if (uncovered == 0) {
        return radius;
      }
      if (growForest(radius) == 0) {
        return radiusOutOfForest();
      }
    }
  }

  private int plantRoots(double radius) {
    columns.tree.weigh(new double[columns.size()]);
    queued = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.mate[i] == FREE && rows.diagonal[i] > radius) {
        root[i] = i;
        isDone[i] = false;
        queue[queued++] = i;
      }
    }
    return queued;
  }

  /// Returns how many rows were covered.
  private int growForest(double radius) {
    int covered = 0;
    double bound = Math.nextUp(radius);
    for (int q = 0; q < queued; q++) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      int row = queue[q];
      while (!isDone[root[row]]) {
        int column = columns.tree.findAny(rows.births[row], rows.deaths[row], bound);
        if (column < 0) {
          break;
        }
        columns.tree.remove(column);
        predecessor[column] = row;
        int mate = columns.mate[column];
        if (mate == FREE) {
          isDone[root[row]] = true;
          flip(column);
          covered++;
        } else {
          root[mate] = root[row];
          queue[queued++] = mate;
        }
      }
    }
    return covered;
  }

  private void flip(int end) {
    int column = end;
    while (column != FREE) {
      int row = predecessor[column];
      int given = rows.mate[row];
      double distance =
          DISTANCE.pair(
              rows.births[row] - columns.births[column], rows.deaths[row] - columns.deaths[column]);
      rows.match(row, column, distance);
      columns.match(column, row, distance);
      column = given;
    }
  }

  /// What the points of a forest without path need to reach a column outside, or the diagonal.
  private double radiusOutOfForest() {
    double least = Double.POSITIVE_INFINITY;
    for (int q = 0; q < queued; q++) {
      int row = queue[q];
      least = Math.min(least, Math.min(rows.diagonal[row], distanceToNearest(row)));
    }
    return least;
  }
}
