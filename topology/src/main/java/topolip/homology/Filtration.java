package topolip.homology;

import java.util.List;
import topolip.geometry.DistanceMatrix;

/// A way to grow complexes on points, of which only distances matter, and its persistent homology.
public sealed interface Filtration permits VietorisRips, Cech {
  /// The highest degree of homology computed.
  int maxDegree();

  /// What the diagrams of these distances will take.
  Cost cost(DistanceMatrix distances);

  /// One diagram a degree, from 0 to [#maxDegree].
  default List<PersistenceDiagram> diagrams(DistanceMatrix distances) {
    return diagrams(distances, Progress.NONE);
  }

  /// The same, telling how far it has come.
  List<PersistenceDiagram> diagrams(DistanceMatrix distances, Progress progress);

  /// The classes of all degrees with a cocycle each, in the order of the diagrams.
  default List<Representative> representatives(DistanceMatrix distances) {
    return representatives(distances, Progress.NONE);
  }

  /// The same, telling how far it has come.
  List<Representative> representatives(DistanceMatrix distances, Progress progress);
}
