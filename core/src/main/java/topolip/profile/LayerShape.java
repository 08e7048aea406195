package topolip.profile;

import java.io.Serializable;
import java.util.List;
import topolip.homology.PersistenceDiagram;

/// The shape of one layer's cloud in one replicate: its scale, and a diagram a degree.
///
/// @param scale the median pairwise distance
/// @param diagrams in the order of the degrees asked for
record LayerShape(double scale, List<PersistenceDiagram> diagrams) implements Serializable {

  /// The diagrams in units of the scale. Undefined where the scale is 0.
  LayerShape scaleFree() {
    return new LayerShape(1, diagrams.stream().map(d -> d.scaled(1 / scale)).toList());
  }

  /// Whether the scale can divide: more than half of the pairs are apart.
  boolean hasScale() {
    return scale >= Double.MIN_NORMAL;
  }
}
