package topolip.profile;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topolip.geometry.PointCloud;
import topolip.model.Activations;
import topolip.model.Tap;

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

  /// The layers of a network from its activations.
  ///
  /// @param perturbed of the same network and taps; null in the adjacent protocol
  public static List<LayerClouds> of(Activations clean, @Nullable Activations perturbed) {
    return IntStream.range(0, clean.taps().size())
        .mapToObj(l -> {
          Tap tap = clean.taps().get(l);
          return new LayerClouds(
              tap.index(),
              tap.name(),
              tap.kind(),
              tap.shape(),
              clean.cloud(l),
              perturbed == null ? null : perturbed.cloud(l));
        })
        .toList();
  }
}
