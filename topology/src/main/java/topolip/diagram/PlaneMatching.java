package topolip.diagram;

import java.util.Arrays;

/// The optimal matching of two diagrams, by shortest augmenting paths.
///
/// With the diagonal reduced out, a matching is worth the sum of its pairs' savings, and each point
/// of the first diagram either takes a point of the second or stays with its diagonal at 0. Points
/// are added one by one; a point's augmenting path, found by Dijkstra's algorithm on reduced costs,
/// ends at a point of the second diagram that is free, or at one of the first that gives way to its
/// diagonal (Jonker and Volgenant 1987, DOI 10.1007/BF02278710, with the diagonal as in Hera).
/// Candidates come in increasing order of saving, and prices are not positive, so that a row is
/// scanned only as far as it can still give a shorter path.
final class PlaneMatching {
  private static final int FREE = -1;

  private final Wasserstein metric;
  private final DiagramPoints a;
  private final DiagramPoints b;
  private final CandidatePairs pairs;

  private final int[] columnOfRow;
  private final int[] rowOfColumn;
  private final double[] saving;
  private final double[] price;

  private final double[] distance;
  private final int[] predecessor;
  private final boolean[] settled;
  private final int[] reached;
  private int reachedCount;
  private final DistanceHeap queue;

  /// The shortest path's length, and where it ends: a free column, or a row that gives way.
  private double best;

  private int bestColumn;
  private int bestRow;

  PlaneMatching(Wasserstein metric, DiagramPoints a, DiagramPoints b) {
    this.metric = metric;
    this.a = a;
    this.b = b;
    this.pairs = new CandidatePairs(metric, a, b);
    this.columnOfRow = filled(a.size());
    this.rowOfColumn = filled(b.size());
    this.saving = new double[a.size()];
    this.price = new double[b.size()];
    this.distance = new double[b.size()];
    this.predecessor = new int[b.size()];
    this.settled = new boolean[b.size()];
    this.reached = new int[b.size()];
    this.queue = new DistanceHeap(b.size());
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    for (int i = 0; i < a.size(); i++) {
      augment(i);
    }
  }

  private static int[] filled(int size) {
    int[] array = new int[size];
    Arrays.fill(array, FREE);
    return array;
  }

  /// The cost of the matching, summed pair by pair.
  double cost() {
    double[] persistencesOfA = a.persistences();
    double[] persistencesOfB = b.persistences();
    double total = 0;
    for (int i = 0; i < a.size(); i++) {
      int j = columnOfRow[i];
      total +=
          j == FREE
              ? metric.diagonalCost(persistencesOfA[i])
              : metric.power(
                  metric.ground().of(a.births()[i] - b.births()[j], a.deaths()[i] - b.deaths()[j]));
    }
    for (int j = 0; j < b.size(); j++) {
      if (rowOfColumn[j] == FREE) {
        total += metric.diagonalCost(persistencesOfB[j]);
      }
    }
    return total;
  }

  private void augment(int row) {
    best = 0;
    bestColumn = FREE;
    bestRow = row;
    scan(row, 0);
    while (!queue.isEmpty() && distance[queue.first()] < best) {
      int column = queue.removeFirst();
      settled[column] = true;
      int matched = rowOfColumn[column];
      if (matched == FREE) {
        best = distance[column];
        bestColumn = column;
        break;
      }
      // The row's own reduced cost is 0: what it pays is its saving, minus the column's price.
      double offset = distance[column] - (saving[matched] - price[column]);
      if (offset < best) {
        best = offset;
        bestRow = matched;
      }
      scan(matched, offset);
    }
    reprice();
    flip(row);
    forget();
  }

  /// Reaches from a row, itself `offset` away, what is nearer than the best end so far.
  private void scan(int row, double offset) {
    for (int c = 0; c < pairs.count(row); c++) {
      double bound = offset + pairs.saving(row, c);
      if (bound >= best) {
        break;
      }
      int column = pairs.column(row, c);
      double length = bound - price[column];
      if (settled[column] || length >= best || length >= distance[column]) {
        continue;
      }
      if (distance[column] == Double.POSITIVE_INFINITY) {
        reached[reachedCount++] = column;
      }
      distance[column] = length;
      predecessor[column] = row;
      queue.putOrDecrease(column, length);
    }
  }

  private void reprice() {
    for (int r = 0; r < reachedCount; r++) {
      int column = reached[r];
      if (settled[column] && column != bestColumn) {
        price[column] += distance[column] - best;
      }
    }
  }

  /// Moves along the path from its end back to the new row.
  private void flip(int row) {
    int column = bestColumn;
    if (column == FREE) {
      if (bestRow == row) {
        return;
      }
      column = columnOfRow[bestRow];
      columnOfRow[bestRow] = FREE;
    }
    while (true) {
      int taker = predecessor[column];
      int given = columnOfRow[taker];
      columnOfRow[taker] = column;
      rowOfColumn[column] = taker;
      saving[taker] = pairs.savingOf(taker, column);
      if (taker == row) {
        return;
      }
      column = given;
    }
  }

  private void forget() {
    for (int r = 0; r < reachedCount; r++) {
      distance[reached[r]] = Double.POSITIVE_INFINITY;
      settled[reached[r]] = false;
    }
    reachedCount = 0;
    queue.clear();
  }
}
