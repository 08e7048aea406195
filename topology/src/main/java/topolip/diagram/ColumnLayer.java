package topolip.diagram;

import java.util.Arrays;

/// Points of one side at one depth of a search for augmenting paths, each to be taken once.
final class ColumnLayer {
  private final int[] members;
  private final PointTree tree;

  ColumnLayer(MatchingCost cost, MatchingSide columns, int[] members) {
    this.members = members;
    tree =
        new PointTree(
            cost,
            Arrays.stream(members).mapToDouble(j -> columns.births[j]).toArray(),
            Arrays.stream(members).mapToDouble(j -> columns.deaths[j]).toArray());
    tree.weigh(new double[members.length]);
  }

  /// Takes some point whose cost from here is below a bound; −1 if there is none.
  int take(double birth, double death, double bound) {
    int found = tree.findAny(birth, death, bound);
    if (found < 0) {
      return -1;
    }
    tree.remove(found);
    return members[found];
  }
}
