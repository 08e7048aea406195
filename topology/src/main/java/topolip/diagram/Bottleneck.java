package topolip.diagram;

import java.util.stream.IntStream;
import topolip.homology.PersistenceDiagram;

/// The exact bottleneck distance of persistence diagrams in the norm ℓ_∞: the least r such that
/// points can be matched at most r apart, and unmatched points are at most r from the diagonal.
///
/// Points farther than r from the diagonal must be matched. By the theorem of Mendelsohn and
/// Dulmage (1958, DOI 10.4153/CJM-1958-027-8) a matching that covers those of both diagrams exists
/// if there is one for those of each alone; so the distance is the larger of two, each found by a
/// search for the least radius at which one diagram's points are covered (see [Covering]). Every
/// radius tried is a difference of coordinates, and no tolerance is involved.
///
/// Time is that of some matchings over a k-d tree, after Efrat, Itai and Katz 2001 (DOI
/// 10.1007/s00453-001-0016-8); memory is linear.
public record Bottleneck() {

  /// The distance of two diagrams of one degree, `+∞` if they differ in the number of essential
  /// classes, which are matched among themselves. Symmetric to the last bit.
  ///
  /// @throws IllegalArgumentException if the degrees differ
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public double distance(PersistenceDiagram a, PersistenceDiagram b) {
    DiagramPoints.requireOneDegree(a, b);
    DiagramPoints x = DiagramPoints.of(a);
    DiagramPoints y = DiagramPoints.of(b);
    if (x.essential().length != y.essential().length) {
      return Double.POSITIVE_INFINITY;
    }
    double scale = DiagramPoints.unit(Math.max(x.largest(), y.largest()));
    return distance(x.dividedBy(scale), y.dividedBy(scale)) * scale;
  }

  private static double distance(DiagramPoints x, DiagramPoints y) {
    double essential =
        IntStream.range(0, x.essential().length)
            .mapToDouble(i -> Math.abs(x.essential()[i] - y.essential()[i]))
            .max()
            .orElse(0);
    MatchingSide rows = new MatchingSide(Covering.DISTANCE, x);
    MatchingSide columns = new MatchingSide(Covering.DISTANCE, y);
    double least = new Covering(rows, columns).leastRadius(essential);
    return new Covering(columns, rows).leastRadius(least);
  }
}
