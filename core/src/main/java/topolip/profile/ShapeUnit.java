package topolip.profile;

import java.util.List;
import topolip.engine.Unit;
import topolip.geometry.DistanceMatrix;
import topolip.homology.PersistenceDiagram;
import topolip.homology.VietorisRips;

/// The shape of one layer in one replicate.
///
/// @param degrees of homology, increasing
record ShapeUnit(String name, int replicate, List<Integer> degrees)
    implements Unit<SampledDistances, LayerShape> {

  @Override
  public LayerShape run(SampledDistances layer) {
    DistanceMatrix distances = layer.of(replicate);
    List<PersistenceDiagram> all = VietorisRips.upTo(degrees.getLast()).diagrams(distances);
    return new LayerShape(distances.median(), degrees.stream().map(all::get).toList());
  }
}
