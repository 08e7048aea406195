package topolip.diagram;

import static topolip.diagram.MatchingSide.FREE;

import java.util.concurrent.CancellationException;

/// The optimal matching of two diagrams, by shortest augmenting paths over few of the pairs.
///
/// A pair costlier than its two diagonals is in no optimal matching, and of the others only a few a
/// point are looked at first (see [StartingMatching]). The matching that is optimal among them has
/// dual values (see [MatchingSide]). Pairs that were not looked at and are cheaper than the sum of
/// their dual values are then found in a k-d tree weighted by these values, and added, and the
/// matching is repaired, until there is none: then the dual values prove that it is optimal among
/// all matchings. That is column generation, as for sparse assignment by Dell'Amico and Toth 2000
/// (DOI 10.1016/S0166-218X(99)00172-9).
final class PlaneMatching {
  /// Pairs added at a time, per point.
  private static final int ADDED = 6;

  /// A pair counts as cheaper than its dual values beyond what rounding explains.
  private static final double ROUNDING = 0x1p-48;

  private final MatchingSide rows;
  private final MatchingSide columns;
  private final boolean[] lowered;
  private double lowerBound;

  /// @param relativeError of the distance, not of its power: at which it is enough; 0 for an
  ///   optimal matching
  PlaneMatching(MatchingCost cost, DiagramPoints a, DiagramPoints b, double relativeError) {
    rows = new MatchingSide(cost, a);
    columns = new MatchingSide(cost, b);
    lowered = new boolean[a.size()];
    new StartingMatching(cost, rows, columns).start(a, b);
    AugmentingPaths fromRows = new AugmentingPaths(rows, columns);
    AugmentingPaths fromColumns = new AugmentingPaths(columns, rows);
    double enough = cost.power(1 + relativeError);
    boolean isOptimal;
    do {
      release();
      fromRows.settle();
      fromColumns.settle();
      double total = rows.matchedCost() + rows.diagonalCost() + columns.diagonalCost();
      isOptimal = !addCheaperPairs();
      lowerBound = rows.dualSum() + columns.dualSum();
      if (relativeError > 0 && total <= enough * lowerBound) {
        return;
      }
    } while (!isOptimal);
  }

  /// Adds pairs cheaper than their dual values, and makes these feasible again. Then some matched
  /// pairs have slack.
  private boolean addCheaperPairs() {
    columns.tree.weigh(columns.dual);
    CheapestPoints cheapest = new CheapestPoints(ADDED, columns.size());
    boolean added = false;
    for (int i = 0; i < rows.size(); i++) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      cheapest.start(i, rows.dual[i]);
      columns.tree.find(rows.births[i], rows.deaths[i], cheapest);
      if (cheapest.size() > 0) {
        lowered[i] = addCheaperPairs(i, cheapest);
        added |= lowered[i];
      }
    }
    return added;
  }

  private boolean addCheaperPairs(int i, CheapestPoints cheapest) {
    double dual = rows.dual[i];
    boolean added = false;
    for (int k = 0; k < cheapest.size(); k++) {
      int j = cheapest.point(k);
      double magnitude = cheapest.cost(k) + Math.abs(dual) + Math.abs(columns.dual[j]);
      if (cheapest.key(k) < dual - ROUNDING * magnitude && !rows.hasArc(i, j)) {
        rows.addArc(i, j, cheapest.cost(k));
        columns.addArc(j, i, cheapest.cost(k));
        rows.dual[i] = Math.min(rows.dual[i], cheapest.key(k));
        added = true;
      }
    }
    return added;
  }

  /// Parts the pairs that have slack.
  private void release() {
    for (int i = 0; i < rows.size(); i++) {
      if (lowered[i] && rows.mate[i] != FREE) {
        columns.mate[rows.mate[i]] = FREE;
        rows.mate[i] = FREE;
      }
      lowered[i] = false;
    }
  }

  MatchingSide rows() {
    return rows;
  }

  /// Of each point of the first diagram the point of the second that it is matched with, or −1.
  int[] mates() {
    return rows.mate.clone();
  }

  /// No matching costs less, but for rounding.
  double lowerBound() {
    return lowerBound;
  }
}
