package topolip.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topolip.homology.PersistenceDiagram;

/// What a profiler finds out about one network.
///
/// @param degrees by degree and for their union
/// @param diagrams of the whole sample, `[layer][degree]`, unscaled; the perturbed samples' are not
///   in it
/// @param measures besides, by name: one value a layer, or a pair of neighbours; null where
///   undefined
/// @param replicates mean TopoLip of each subsample, for comparisons
public record Measurement(
    List<ModelProfile.Layer> layers,
    Map<String, ModelProfile.DegreeProfile> degrees,
    List<List<PersistenceDiagram>> diagrams,
    Map<String, List<@Nullable Double>> measures,
    Map<String, Replicates> replicates) {

  /// Mean TopoLip of each replicate, the whole sample first; null where a rate is undefined.
  ///
  /// @param share m/n of the subsamples
  public record Replicates(
      double share, List<@Nullable Double> raw, List<@Nullable Double> scaleFree) {}
}
