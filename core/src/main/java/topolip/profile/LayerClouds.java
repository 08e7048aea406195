package topolip.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.geometry.PointCloud;

/// One layer of a network as the points that samples are mapped to.
///
/// @param shape of one sample's activation
/// @param perturbed the same samples perturbed, or other samples; null in the adjacent protocol
public record LayerClouds(
    int index,
    String name,
    String kind,
    List<Integer> shape,
    PointCloud cloud,
    @Nullable PointCloud perturbed) {

  public LayerClouds {
    shape = List.copyOf(shape);
    if (perturbed != null && perturbed.size() != cloud.size()) {
      throw new IllegalArgumentException(
          "layer %d (%s): %d samples, but %d perturbed ones"
              .formatted(index, name, cloud.size(), perturbed.size()));
    }
  }
}
