package topolip.homology;

import java.util.ArrayList;
import java.util.List;
import topolip.geometry.DistanceMatrix;

/// Persistent homology of Vietoris-Rips filtrations with coefficients in ℤ/2.
///
/// A simplex appears at its diameter, the longest distance of its vertices, as in Ripser and GUDHI.
/// Distances of `+∞` are no edges.
///
/// @param maxDegree the highest degree of homology computed
/// @param threshold simplices of larger diameter are left out; `+∞` for none. The enclosing radius
///   bounds the filtration in any case, since nothing but one component lives beyond it.
public record VietorisRips(int maxDegree, double threshold) {

  public VietorisRips {
    if (maxDegree < 0) {
      throw new IllegalArgumentException("degree must not be negative: " + maxDegree);
    }
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("threshold must not be negative: " + threshold);
    }
  }

  /// Without a threshold.
  public static VietorisRips upTo(int maxDegree) {
    return new VietorisRips(maxDegree, Double.POSITIVE_INFINITY);
  }

  /// One diagram a degree, from 0 to [#maxDegree].
  ///
  /// Memory: 4n² + 8m bytes for n points with m edges up to the threshold, and the reduced columns.
  /// Time: O(n² log n) for degree 0; beyond it depends on the data, at worst cubic in the number of
  /// simplices of dimension `maxDegree + 1`.
  ///
  /// @throws IllegalArgumentException if there are more points than simplices of dimension
  ///   `maxDegree + 1` can be numbered for
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public List<PersistenceDiagram> diagrams(DistanceMatrix distances) {
    EdgeFiltration edges =
        EdgeFiltration.of(distances, Math.min(threshold, distances.enclosingRadius()));
    SpanningForest forest = SpanningForest.of(edges);
    List<PersistenceDiagram> diagrams = new ArrayList<>();
    diagrams.add(forest.diagram());
    SimplexCodec codec = new SimplexCodec(edges, maxDegree + 1);
    DeathSet deaths = forest.deaths();
    for (int degree = 1; degree <= maxDegree; degree++) {
      CohomologyReduction reduction = new CohomologyReduction(edges, codec, degree);
      new ColumnEnumeration(edges, codec, degree, deaths).forEach(reduction::reduce);
      diagrams.add(reduction.diagram());
      deaths = reduction.deaths();
    }
    return diagrams;
  }
}
