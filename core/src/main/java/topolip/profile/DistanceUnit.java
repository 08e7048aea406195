package topolip.profile;

import topolip.diagram.Wasserstein;
import topolip.engine.Unit;

/// How far two shapes of one replicate are apart.
record DistanceUnit(String name, LayerShape before, LayerShape after)
    implements Unit<Wasserstein, LayerDistance> {

  @Override
  public LayerDistance run(Wasserstein wasserstein) {
    return LayerDistance.between(before, after, wasserstein);
  }
}
