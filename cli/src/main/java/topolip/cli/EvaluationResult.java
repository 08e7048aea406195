package topolip.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.model.PredictionSummary;
import topolip.profile.Provenance;

/// What `result.json` of `topolip evaluate` holds.
///
/// @param schemaVersion of the file format, 1
record EvaluationResult(int schemaVersion, Provenance provenance, List<OfModel> models) {
  static final int SCHEMA_VERSION = 1;

  /// One model.
  ///
  /// @param clean on the images as they are
  /// @param corruptions null unless asked for
  record OfModel(
      String name,
      PredictionSummary clean,
      List<OfPerturbation> perturbed,
      @Nullable OfCorruptions corruptions) {}

  record OfPerturbation(String perturbation, PredictionSummary summary) {}

  /// Errors under common corruptions; shares, not percents.
  ///
  /// @param baseline the model that the errors were divided by; null for none
  /// @param meanError over all corruptions and severities, not divided
  /// @param meanCorruptionError mCE; null without a baseline, and unless all 15 corruptions of the
  ///   benchmark were measured, frost with photographs among them
  /// @param relativeMeanCorruptionError relative mCE; null without a baseline, and where the
  ///   baseline's errors do not rise
  record OfCorruptions(
      double cleanError,
      List<OfCorruption> corruptions,
      double meanError,
      @Nullable String baseline,
      @Nullable Double meanCorruptionError,
      @Nullable Double relativeMeanCorruptionError) {}

  /// @param errors one a severity, 1 to 5
  record OfCorruption(String name, List<Double> errors) {}
}
