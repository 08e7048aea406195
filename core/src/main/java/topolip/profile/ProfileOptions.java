package topolip.profile;

import java.util.List;
import java.util.Set;
import topolip.diagram.GroundNorm;
import topolip.diagram.Wasserstein;

/// What a profile measures.
///
/// @param degrees of homology, increasing
/// @param order of the Wasserstein distance, at least 1
/// @param subsamples how many m-out-of-n subsamples give the intervals; 0 for none
/// @param subsampleSize m/n, above 0 and below 1
/// @param seed of the subsamples
/// @param measures of layers besides
public record ProfileOptions(
    Protocol protocol,
    List<Integer> degrees,
    double order,
    GroundNorm ground,
    int subsamples,
    double subsampleSize,
    long seed,
    Set<LayerMeasure> measures) {

  public ProfileOptions {
    measures = Set.copyOf(measures);
    if (protocol == Protocol.ADJACENT && measures.contains(LayerMeasure.MTOPDIV)) {
      throw new IllegalArgumentException(
          "mtopdiv compares clean and perturbed samples: it needs the paired protocol");
    }
    degrees = degrees.stream().distinct().sorted().toList();
    if (degrees.isEmpty() || degrees.getFirst() < 0) {
      throw new IllegalArgumentException("degrees must be 0 or more, such as 0,1: " + degrees);
    }
    new Wasserstein(order, ground); // refuses orders that it cannot have
    if (subsamples < 0) {
      throw new IllegalArgumentException("subsamples must not be negative: " + subsamples);
    }
    if (!(subsampleSize > 0 && subsampleSize < 1)) {
      throw new IllegalArgumentException(
          "subsample size must be a share between 0 and 1, such as 0.8: " + subsampleSize);
    }
  }

  /// Without other measures.
  public ProfileOptions(
      Protocol protocol,
      List<Integer> degrees,
      double order,
      GroundNorm ground,
      int subsamples,
      double subsampleSize,
      long seed) {
    this(protocol, degrees, order, ground, subsamples, subsampleSize, seed, Set.of());
  }

  /// Adjacent layers, degrees 0 and 1, W₁ with ground norm ℓ_∞, 20 subsamples of 80 %.
  public static ProfileOptions defaults() {
    return new ProfileOptions(
        Protocol.ADJACENT, List.of(0, 1), 1, GroundNorm.L_INFINITY, 20, 0.8, 0);
  }

  /// The same with another seed.
  public ProfileOptions withSeed(long other) {
    return new ProfileOptions(
        protocol, degrees, order, ground, subsamples, subsampleSize, other, measures);
  }

  Wasserstein wasserstein() {
    return new Wasserstein(order, ground);
  }
}
