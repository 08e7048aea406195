package topolip.diagram;

import java.util.Arrays;
import java.util.stream.IntStream;
import topolip.homology.PersistenceDiagram;

/// The power-weighted silhouette (Chazal, Fasy, Lecci, Rinaldo and Wasserman 2014, DOI
/// 10.1145/2582112.2582128): the mean of the intervals' tents,
///
/// φ(t) = Σ (d − b)^q max(0, min(t − b, d − t)) / Σ (d − b)^q,
///
/// 0 for an empty diagram. Large q follow the longest intervals, small ones the many short ones.
///
/// GUDHI's `Silhouette` is √2 times this one, and unweighted (q = 0) unless it is given a weight of
/// (birth, death). Essential classes are refused. O(n log² n) time for n intervals.
///
/// @param power q, at least 0 and finite
public record Silhouette(double power) {

  public Silhouette {
    if (!(power >= 0) || power == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("power must be at least 0 and finite: " + power);
    }
  }

  /// The silhouette as an exact function; `grid.sample(silhouette.of(diagram)::at)` is a vector.
  ///
  /// @throws IllegalArgumentException if there is an essential class
  public PiecewiseLinear of(PersistenceDiagram diagram) {
    EssentialClasses.refuse(diagram, "a silhouette");
    double[] halves = new double[diagram.size()];
    Arrays.setAll(halves, i -> diagram.death(i) / 2 - diagram.birth(i) / 2);
    double largest = Arrays.stream(halves).max().orElse(0);
    double[] weights = Arrays.stream(halves).map(h -> Math.pow(h / largest, power)).toArray();
    double total = Arrays.stream(weights).sum();
    return PiecewiseLinear.sum(
        IntStream.range(0, diagram.size())
            .mapToObj(
                i -> PiecewiseLinear.tent(diagram.birth(i), diagram.death(i), weights[i] / total))
            .toList());
  }
}
