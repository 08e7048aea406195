package topolip.diagram;

import java.util.List;

/// An optimal matching of two persistence diagrams, by the indices of their points.
///
/// @param pairs points of the first diagram with points of the second, in increasing order of the
///   first
/// @param firstToDiagonal the unmatched points of the first diagram, in increasing order
/// @param secondToDiagonal the unmatched points of the second
/// @param distance what the matching costs: the p-th root of the sum over pairs and unmatched
///   points of their distances' p-th powers
public record Matching(
    List<Pair> pairs,
    List<Integer> firstToDiagonal,
    List<Integer> secondToDiagonal,
    double distance) {

  public Matching {
    pairs = List.copyOf(pairs);
    firstToDiagonal = List.copyOf(firstToDiagonal);
    secondToDiagonal = List.copyOf(secondToDiagonal);
  }

  /// Two points that are matched.
  ///
  /// @param first index in the first diagram
  /// @param second index in the second
  public record Pair(int first, int second) {}

  /// The same with the diagrams exchanged.
  Matching reversed() {
    List<Pair> exchanged =
        pairs.stream()
            .map(pair -> new Pair(pair.second(), pair.first()))
            .sorted((x, y) -> Integer.compare(x.first(), y.first()))
            .toList();
    return new Matching(exchanged, secondToDiagonal, firstToDiagonal, distance);
  }
}
