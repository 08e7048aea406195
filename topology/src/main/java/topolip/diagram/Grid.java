package topolip.diagram;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import topolip.homology.PersistenceDiagram;

/// Evenly spaced filtration values, both ends among them: start + i (end − start) / (size − 1).
///
/// Functions of a diagram become vectors on a grid, `grid.sample(curve::at)`; vectors of several
/// diagrams can be compared only on one grid. GUDHI's `sample_range` and `resolution` give the same
/// values; where it finds the range itself, it leaves the two ends out unless `keep_endpoints`.
///
/// @param size the number of values, at least 2
public record Grid(double start, double end, int size) {

  public Grid {
    if (!(start < end) || !Double.isFinite(end - start)) {
      throw new IllegalArgumentException(
          "grid must go from a value to a larger one: %s, %s".formatted(start, end));
    }
    if (size < 2) {
      throw new IllegalArgumentException("grid must have at least 2 values: " + size);
    }
  }

  /// The grid from the least birth to the largest death in these diagrams.
  ///
  /// @throws IllegalArgumentException if there is no interval, or an essential class
  public static Grid covering(List<PersistenceDiagram> diagrams, int size) {
    double start = Double.POSITIVE_INFINITY;
    double end = Double.NEGATIVE_INFINITY;
    for (PersistenceDiagram diagram : diagrams) {
      EssentialClasses.refuse(diagram, "a covering grid");
      for (int i = 0; i < diagram.size(); i++) {
        start = Math.min(start, diagram.birth(i));
        end = Math.max(end, diagram.death(i));
      }
    }
    if (start > end) {
      throw new IllegalArgumentException(
          "no intervals to cover in %d diagrams".formatted(diagrams.size()));
    }
    return new Grid(start, end, size);
  }

  public double value(int index) {
    return index == size - 1 ? end : start + index * ((end - start) / (size - 1));
  }

  public double[] values() {
    double[] values = new double[size];
    Arrays.setAll(values, this::value);
    return values;
  }

  /// The function at each value of the grid.
  public double[] sample(DoubleUnaryOperator function) {
    return Arrays.stream(values()).map(function).toArray();
  }
}
