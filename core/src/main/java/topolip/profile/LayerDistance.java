package topolip.profile;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.diagram.Wasserstein;
import topolip.homology.PersistenceDiagram;

/// How far two shapes are apart, degree by degree.
///
/// @param scaleFree of each shape divided by its scale; null where a scale is 0
record LayerDistance(List<Double> raw, @Nullable List<Double> scaleFree) implements Serializable {

  /// What an interval may be off by in units of the scale: sixteen roundings to 32 bits.
  private static final double RESOLUTION = 0x1p-20;

  static LayerDistance between(LayerShape before, LayerShape after, Wasserstein wasserstein) {
    boolean scaled = before.hasScale() && after.hasScale();
    return new LayerDistance(
        distances(before, after, wasserstein),
        scaled ? distances(before.scaleFree(), after.scaleFree(), wasserstein) : null);
  }

  private static List<Double> distances(LayerShape a, LayerShape b, Wasserstein wasserstein) {
    List<Double> distances = new ArrayList<>();
    for (int k = 0; k < a.diagrams().size(); k++) {
      double distance = finite(a.diagrams().get(k), b.diagrams().get(k), wasserstein);
      distances.add(told(distance, a, b, k, wasserstein.order()));
    }
    return distances;
  }

  /// Zero, where activations of 32 bits cannot tell a distance from it: a layer that moves all
  /// samples alike would otherwise have a rate made of roundings, in the millions.
  private static double told(
      double distance, LayerShape a, LayerShape b, int degree, double order) {
    int intervals = Math.max(a.diagrams().get(degree).size(), b.diagrams().get(degree).size());
    double zero = RESOLUTION * Math.max(a.scale(), b.scale()) * Math.pow(intervals, 1 / order);
    return distance > zero ? distance : 0;
  }

  private static double finite(
      PersistenceDiagram a, PersistenceDiagram b, Wasserstein wasserstein) {
    double distance = wasserstein.distance(a, b);
    if (Double.isInfinite(distance)) {
      throw new ArithmeticException(
          "the distance of two diagrams of degree %d is infinite: activations too large, or clouds"
                  .formatted(a.degree())
              + " that fall apart");
    }
    return distance;
  }
}
