package topolip.homology;

import java.util.List;
import topolip.geometry.DistanceMatrix;

/// Persistent homology of Vietoris-Rips filtrations.
public record VietorisRips(int maxDegree, double threshold) {
  /// One diagram a degree, from 0 to `maxDegree`.
  public List<PersistenceDiagram> diagrams(DistanceMatrix distances) {
    return List.of();
  }

  public static VietorisRips upTo(int maxDegree) {
    return new VietorisRips(maxDegree, Double.POSITIVE_INFINITY);
  }
}
