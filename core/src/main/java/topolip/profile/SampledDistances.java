package topolip.profile;

import java.io.Serializable;
import topolip.geometry.DistanceMatrix;

/// The distances of one layer, and the replicates that are taken from them.
record SampledDistances(DistanceMatrix distances, Subsamples subsamples) implements Serializable {

  /// The distances among the samples of one replicate.
  DistanceMatrix of(int replicate) {
    return replicate == 0 ? distances : distances.subset(subsamples.replicates().get(replicate));
  }
}
