package topolip.diagram;

import java.util.Arrays;
import java.util.stream.IntStream;
import topolip.homology.PersistenceDiagram;

/// The persistence entropy of a diagram, in natural logarithm: with p = (d − b) / Σ (d − b),
///
/// E = − Σ p log p.
///
/// It is 0 for an empty diagram, and at most log n for n intervals, where all are equally long. It
/// does not change with the unit. Both it and its curve are those of Atienza, Gonzalez-Diaz and
/// Soriano-Trigueros 2020 (DOI 10.1016/j.patcog.2020.107509). Essential classes are refused.
public final class Entropy {
  private Entropy() {}

  /// The entropy, equal to GUDHI's `Entropy(mode="scalar")`.
  ///
  /// @throws IllegalArgumentException if there is an essential class
  public static double of(PersistenceDiagram diagram) {
    return Arrays.stream(terms(diagram)).sum();
  }

  /// The entropy summary function: the terms − p log p of the intervals that hold t, added up.
  ///
  /// GUDHI's `Entropy(mode="vector", normalized=False)` is its sample on a grid with a given
  /// `sample_range`; `normalized=True` divides that vector by the sum of its entries. By rounding,
  /// GUDHI may count an interval at a grid value that equals its death; this function does not.
  ///
  /// @throws IllegalArgumentException if there is an essential class
  public static StepFunction curve(PersistenceDiagram diagram) {
    double[] terms = terms(diagram);
    return StepFunction.sum(
        IntStream.range(0, diagram.size())
            .mapToObj(i -> StepFunction.onInterval(diagram.birth(i), diagram.death(i), terms[i]))
            .toList());
  }

  private static double[] terms(PersistenceDiagram diagram) {
    EssentialClasses.refuse(diagram, "entropy");
    double[] halves = new double[diagram.size()];
    Arrays.setAll(halves, i -> diagram.death(i) / 2 - diagram.birth(i) / 2);
    double largest = Arrays.stream(halves).max().orElse(0);
    double total = Arrays.stream(halves).map(h -> h / largest).sum();
    return Arrays.stream(halves)
        .map(h -> h / largest / total)
        .map(p -> p == 0 ? 0 : -p * Math.log(p))
        .toArray();
  }
}
