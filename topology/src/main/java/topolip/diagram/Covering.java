package topolip.diagram;

import static topolip.diagram.MatchingSide.FREE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/// The least radius at which points of one diagram can be matched with as many of another, but for
/// those that are as near to the diagonal.
///
/// At a given radius the matching grows by shortest augmenting paths, as many as do not meet, found
/// by layers (Hopcroft and Karp 1973, DOI 10.1137/0202019); points of the other diagram leave a k-d
/// tree as they are reached, so that no pairs are listed (Efrat, Itai and Katz 2001, DOI
/// 10.1007/s00453-001-0016-8). Where no path is left, the points reached have no neighbours but
/// each other's, so that the radius must reach the nearest of the others, or the diagonal: that,
/// and the longest pair of a matching that was found, are the ends of the search's interval.
final class Covering {
  static final MatchingCost DISTANCE = new MatchingCost(1, Double.POSITIVE_INFINITY);

  private final MatchingSide rows;
  private final MatchingSide columns;

  /// The rows that alternating paths reach, layer after layer.
  private final int[] reached;

  private int reachedCount;

  /// The rows of the path that is being sought, and the columns between them.
  private final int[] pathRows;

  private final int[] pathColumns;

  /// Pairs that are matched already are kept as far as they are short enough.
  Covering(MatchingSide rows, MatchingSide columns) {
    this.rows = rows;
    this.columns = columns;
    reached = new int[rows.size()];
    pathRows = new int[rows.size()];
    pathColumns = new int[rows.size()];
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
      radius = low + (high - low) / 2;
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
    double nearest = Double.POSITIVE_INFINITY;
    int nearer = 0;
    while (nearer >= 0) {
      nearer = columns.tree.findAny(rows.births[row], rows.deaths[row], nearest);
      nearest = nearer < 0 ? nearest : distance(row, nearer);
    }
    return nearest;
  }

  private double distance(int row, int column) {
    return DISTANCE.pair(
        rows.births[row] - columns.births[column], rows.deaths[row] - columns.deaths[column]);
  }

  /// The longest pair, or distance to the diagonal of a row without mate.
  private double longest() {
    double longest = 0;
    for (int i = 0; i < rows.size(); i++) {
      longest = Math.max(longest, rows.mate[i] == FREE ? rows.diagonal[i] : rows.mateCost[i]);
    }
    return longest;
  }

  /// The radius, if all rows farther from the diagonal can be covered within it; otherwise
  /// something larger that is necessary for it.
  private double neededRadius(double radius) {
    release(radius);
    double bound = Math.nextUp(radius);
    double[] alive = new double[columns.size()];
    while (true) {
      columns.tree.weigh(alive);
      int uncovered = reachUncovered(radius);
      if (uncovered == 0) {
        return radius;
      }
      List<ColumnLayer> layers = layers(bound);
      if (layers.isEmpty()) {
        return radiusOutOfReach();
      }
      for (int k = 0; k < uncovered; k++) {
        augment(reached[k], layers, bound);
      }
    }
  }

  /// Parts pairs that are too long, and those of rows that need no mate.
  private void release(double radius) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.mate[i] != FREE && (rows.mateCost[i] > radius || rows.diagonal[i] <= radius)) {
        columns.mate[rows.mate[i]] = FREE;
        rows.mate[i] = FREE;
      }
    }
  }

  private int reachUncovered(double radius) {
    reachedCount = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.mate[i] == FREE && rows.diagonal[i] > radius) {
        reached[reachedCount++] = i;
      }
    }
    return reachedCount;
  }

  /// The columns at each distance from uncovered rows, up to the nearest free ones; of the last
  /// layer only these. Empty if none can be reached.
  private List<ColumnLayer> layers(double bound) {
    List<ColumnLayer> layers = new ArrayList<>();
    for (int done = 0; done < reachedCount; ) {
      int end = reachedCount;
      int[] layer = reach(done, end, bound);
      int[] free = Arrays.stream(layer).filter(j -> columns.mate[j] == FREE).toArray();
      layers.add(new ColumnLayer(DISTANCE, columns, free.length > 0 ? free : layer));
      if (free.length > 0) {
        return layers;
      }
      for (int column : layer) {
        reached[reachedCount++] = columns.mate[column];
      }
      done = end;
    }
    return List.of();
  }

  /// The columns within reach of a range of rows and not reached before.
  private int[] reach(int from, int to, double bound) {
    int[] layer = new int[16];
    int size = 0;
    for (int k = from; k < to; k++) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      int row = reached[k];
      int column = columns.tree.findAny(rows.births[row], rows.deaths[row], bound);
      while (column >= 0) {
        columns.tree.remove(column);
        layer = size == layer.length ? Arrays.copyOf(layer, 2 * size) : layer;
        layer[size++] = column;
        column = columns.tree.findAny(rows.births[row], rows.deaths[row], bound);
      }
    }
    return Arrays.copyOf(layer, size);
  }

  /// Looks for a path through the layers, depth first, and moves along it.
  private void augment(int start, List<ColumnLayer> layers, double bound) {
    int depth = 0;
    pathRows[0] = start;
    while (depth >= 0) {
      int row = pathRows[depth];
      int column = layers.get(depth).take(rows.births[row], rows.deaths[row], bound);
      if (column < 0) {
        depth--;
        continue;
      }
      pathColumns[depth] = column;
      if (depth == layers.size() - 1) {
        for (int k = depth; k >= 0; k--) {
          match(pathRows[k], pathColumns[k]);
        }
        return;
      }
      pathRows[++depth] = columns.mate[column];
    }
  }

  private void match(int row, int column) {
    double distance = distance(row, column);
    rows.match(row, column, distance);
    columns.match(column, row, distance);
  }

  /// What the points reached need to reach any other, or the diagonal.
  private double radiusOutOfReach() {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < reachedCount; k++) {
      int row = reached[k];
      least = Math.min(least, Math.min(rows.diagonal[row], distanceToNearest(row)));
    }
    return least;
  }
}
