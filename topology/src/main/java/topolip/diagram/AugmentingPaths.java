package topolip.diagram;

import static topolip.diagram.MatchingSide.FREE;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/// Shortest augmenting paths from points of one side of a matching.
///
/// A path starts at a point that has neither a mate nor its diagonal's cost as dual value, and ends
/// at a point of the other side that has no mate, or at one of the same side that gives its mate
/// away and goes to the diagonal. Dijkstra's algorithm on reduced costs (cost less both dual
/// values) finds the shortest; the dual values then change such that they stay feasible and the
/// path becomes tight (Jonker and Volgenant 1987, DOI 10.1007/BF02278710, with diagonals).
final class AugmentingPaths {
  private final MatchingSide from;
  private final MatchingSide to;

  private final double[] distance;
  private final int[] predecessor;
  private final double[] predecessorCost;
  private final boolean[] scanned;
  private final int[] reached;
  private int reachedCount;
  private final DistanceHeap queue;

  /// The shortest path's length, and where it ends: at a point without mate of the other side, or,
  /// if that is `FREE`, at one of the same side that gives way.
  private double best;

  private int end;
  private int givesWay;

  AugmentingPaths(MatchingSide from, MatchingSide to) {
    this.from = from;
    this.to = to;
    distance = new double[to.size()];
    predecessor = new int[to.size()];
    predecessorCost = new double[to.size()];
    scanned = new boolean[to.size()];
    reached = new int[to.size()];
    queue = new DistanceHeap(to.size());
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
  }

  /// Settles all points.
  void settle() {
    for (int point = 0; point < from.size(); point++) {
      if (!from.isSettled(point)) {
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted");
        }
        settle(point);
      }
    }
  }

  private void settle(int start) {
    search(start);
    reprice(start);
    flip(start);
    for (int r = 0; r < reachedCount; r++) {
      distance[reached[r]] = Double.POSITIVE_INFINITY;
      scanned[reached[r]] = false;
    }
    reachedCount = 0;
    queue.clear();
  }

  private void search(int start) {
    best = from.diagonal[start] - from.dual[start];
    end = FREE;
    givesWay = start;
    scan(start, 0);
    while (!queue.isEmpty()) {
      int nearest = queue.removeFirst();
      double offset = distance[nearest];
      if (offset >= best) {
        return;
      }
      scanned[nearest] = true;
      int point = to.mate[nearest];
      double toDiagonal = offset + (from.diagonal[point] - from.dual[point]);
      if (toDiagonal < best) {
        best = toDiagonal;
        end = FREE;
        givesWay = point;
      }
      scan(point, offset);
    }
  }

  /// Reaches from a point, itself `offset` away, what is nearer than the best end so far.
  private void scan(int point, double offset) {
    int[] arcs = from.arcs[point];
    double[] costs = from.costs[point];
    double level = offset - from.dual[point];
    for (int k = 0; k < from.degree[point]; k++) {
      int other = arcs[k];
      // Rounding may leave a reduced cost just below 0.
      double length = Math.max(offset, costs[k] - to.dual[other] + level);
      if (length >= best || length >= distance[other] || scanned[other]) {
        continue;
      }
      predecessor[other] = point;
      predecessorCost[other] = costs[k];
      if (to.mate[other] == FREE) {
        best = length;
        end = other;
        continue;
      }
      if (distance[other] == Double.POSITIVE_INFINITY) {
        reached[reachedCount++] = other;
      }
      distance[other] = length;
      queue.putOrDecrease(other, length);
    }
  }

  private void reprice(int start) {
    from.dual[start] = Math.min(from.diagonal[start], from.dual[start] + best);
    for (int r = 0; r < reachedCount; r++) {
      int other = reached[r];
      if (scanned[other]) {
        int point = to.mate[other];
        to.dual[other] -= best - distance[other];
        from.dual[point] = Math.min(from.diagonal[point], from.mateCost[point] - to.dual[other]);
      }
    }
  }

  /// Moves along the path from its end back to the start.
  private void flip(int start) {
    int other = end;
    if (other == FREE) {
      from.dual[givesWay] = from.diagonal[givesWay];
      if (givesWay == start) {
        return;
      }
      other = from.mate[givesWay];
      from.mate[givesWay] = FREE;
    }
    while (true) {
      int taker = predecessor[other];
      int given = from.mate[taker];
      from.match(taker, other, predecessorCost[other]);
      to.match(other, taker, predecessorCost[other]);
      if (taker == start) {
        return;
      }
      other = given;
    }
  }
}
