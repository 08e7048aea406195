package topolip.profile;

import java.util.Locale;

/// What may be measured of each layer beside TopoLip.
public enum LayerMeasure {
  /// Debiased linear centred kernel alignment of neighbouring layers, or of clean and perturbed.
  CKA,
  /// Representation topology divergence of neighbouring layers, or of clean and perturbed.
  RTD,
  /// Manifold topology divergence of clean and perturbed, in units of the layer's scale; paired
  /// only, since neighbouring layers do not share a space.
  MTOPDIV,
  /// Effective rank of the clean cloud.
  EFFECTIVE_RANK,
  /// Stable rank of the clean cloud.
  STABLE_RANK,
  /// Participation ratio of the clean cloud.
  PARTICIPATION_RATIO,
  /// Persistence entropy of the clean cloud's diagrams, one a degree.
  ENTROPY;

  /// Whether it is taken from the spectrum of a cloud.
  boolean isOfSpectrum() {
    return switch (this) {
      case EFFECTIVE_RANK, STABLE_RANK, PARTICIPATION_RATIO -> true;
      case CKA, RTD, MTOPDIV, ENTROPY -> false;
    };
  }

  /// As on the command line and in files, such as `effective-rank`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
