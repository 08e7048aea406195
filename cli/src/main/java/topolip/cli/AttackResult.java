package topolip.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.model.Accuracy;
import topolip.perturb.attack.AccuracyCurve;
import topolip.perturb.attack.AttackWarning;
import topolip.perturb.attack.SuiteResult;
import topolip.profile.Provenance;

/// What `result.json` of `topolip attack` holds.
///
/// @param schemaVersion of the file format, 1
/// @param norm of the perturbations
/// @param clean the accuracy on the images as they are
/// @param attacks what each of `--attack` left
/// @param worstCase the accuracy where a point counts only if no attack fooled it: an upper bound
///   of the robust accuracy
/// @param curve accuracy against the radius, by PGD of 20 steps; null unless asked for
/// @param warnings reasons not to trust these numbers
record AttackResult(
    int schemaVersion,
    Provenance provenance,
    String model,
    String norm,
    Accuracy clean,
    List<Outcome> attacks,
    Accuracy worstCase,
    @Nullable AccuracyCurve curve,
    List<AttackWarning> warnings) {
  static final int SCHEMA_VERSION = 1;

  /// What one of `--attack` left.
  ///
  /// @param argument as on the command line
  /// @param stages its attacks, with their whole configuration
  record Outcome(
      String argument,
      Accuracy robust,
      long queries,
      long gradients,
      List<SuiteResult.Stage> stages) {

    static Outcome of(String argument, SuiteResult result) {
      return new Outcome(
          argument,
          result.robust(),
          result.points().stream().mapToLong(p -> p.queries()).sum(),
          result.points().stream().mapToLong(p -> p.gradients()).sum(),
          result.stages());
    }
  }
}
