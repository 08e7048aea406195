package topolip.profile;

import java.util.Locale;

/// What may be measured of each layer beside TopoLip.
public enum LayerMeasure {
  /// Debiased linear centred kernel alignment of neighbouring layers, or of clean and perturbed.
  CKA(true),
  /// Representation topology divergence of neighbouring layers, or of clean and perturbed.
  RTD(true),
  /// Manifold topology divergence of clean and perturbed, in units of the layer's scale; paired
  /// only, since neighbouring layers do not share a space.
  MTOPDIV(true),
  /// Effective rank of the clean cloud.
  EFFECTIVE_RANK(false),
  /// Stable rank of the clean cloud.
  STABLE_RANK(false),
  /// Participation ratio of the clean cloud.
  PARTICIPATION_RATIO(false),
  /// Persistence entropy of the clean cloud's diagrams, one a degree.
  ENTROPY(false);

  private final boolean ofPairs;

  LayerMeasure(boolean ofPairs) {
    this.ofPairs = ofPairs;
  }

  /// Whether it compares two clouds: of neighbouring layers, or clean and perturbed.
  boolean comparesClouds() {
    return ofPairs;
  }

  /// As on the command line and in files, such as `effective-rank`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
