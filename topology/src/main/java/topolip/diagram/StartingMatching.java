package topolip.diagram;

import static topolip.diagram.MatchingSide.FREE;

/// Dual values, a matching of pairs without slack, and the pairs to look at first.
///
/// Each column's dual value is the least that any row charges, and each row's the least that the
/// columns leave. If rows charge nothing, columns begin with the distance of their nearest row:
/// diagrams that almost coincide are then matched at once. Where this matches few points, as when
/// diagrams lie far apart, rows charge instead what their dual values are in the optimal matching
/// of every fourth point.
final class StartingMatching {
  /// Pairs looked at first, per point.
  private static final int NEIGHBOURS = 12;

  /// With so few points nothing is won from fewer.
  private static final int SMALL = 100;

  private final MatchingCost cost;
  private final MatchingSide rows;
  private final MatchingSide columns;

  StartingMatching(MatchingCost cost, MatchingSide rows, MatchingSide columns) {
    this.cost = cost;
    this.rows = rows;
    this.columns = columns;
  }

  void start(DiagramPoints a, DiagramPoints b) {
    int possible = Math.min(a.size(), b.size());
    if (possible == 0) {
      return;
    }
    int matched = matchTightPairs(rows.tree);
    if (matched < 0.6 * possible && possible > SMALL) {
      MatchingSide coarse = new PlaneMatching(cost, a.everyFourth(), b.everyFourth(), 0).rows();
      coarse.tree.weigh(coarse.dual);
      rows.reset();
      columns.reset();
      matchTightPairs(coarse.tree);
    }
    addNeighbours(rows, columns);
    rows.tree.weigh(rows.dual);
    addNeighbours(columns, rows);
  }

  /// Returns how many pairs are matched.
  private int matchTightPairs(PointTree charges) {
    CheapestPoints cheapest = new CheapestPoints(1, rows.size());
    for (int j = 0; j < columns.size(); j++) {
      cheapest.start(j, columns.diagonal[j]);
      charges.find(columns.births[j], columns.deaths[j], cheapest);
      if (cheapest.size() > 0) {
        columns.dual[j] = cheapest.key(0);
      }
    }
    columns.tree.weigh(columns.dual);
    cheapest = new CheapestPoints(1, columns.size());
    int matched = 0;
    for (int i = 0; i < rows.size(); i++) {
      cheapest.start(i, rows.diagonal[i]);
      columns.tree.find(rows.births[i], rows.deaths[i], cheapest);
      if (cheapest.size() > 0) {
        rows.dual[i] = cheapest.key(0);
        int j = cheapest.point(0);
        if (columns.mate[j] == FREE) {
          rows.match(i, j, cheapest.cost(0));
          columns.match(j, i, cheapest.cost(0));
          matched++;
        }
      }
    }
    return matched;
  }

  /// Pairs of each point of a side with those of the other, weighed by their dual values, that
  /// leave the least.
  private static void addNeighbours(MatchingSide side, MatchingSide other) {
    CheapestPoints cheapest = new CheapestPoints(NEIGHBOURS, other.size());
    for (int i = 0; i < side.size(); i++) {
      cheapest.start(i, side.diagonal[i]);
      other.tree.find(side.births[i], side.deaths[i], cheapest);
      for (int k = 0; k < cheapest.size(); k++) {
        int j = cheapest.point(k);
        if (!side.hasArc(i, j)) {
          side.addArc(i, j, cheapest.cost(k));
          other.addArc(j, i, cheapest.cost(k));
        }
      }
    }
  }
}
