package topolip.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.model.Accuracy;
import topolip.perturb.attack.AccuracyCurve;
import topolip.perturb.attack.AttackWarning;
import topolip.perturb.attack.LeastDistances;
import topolip.perturb.attack.SuiteResult;
import topolip.profile.Provenance;

/// What `result.json` of `topolip attack` holds.
///
/// @param schemaVersion of the file format, 1
/// @param norm of the perturbations
/// @param transferredFrom the network that was attacked instead; null if the model itself was
/// @param clean the accuracy on the images as they are
/// @param attacks what each of `--attack` left
/// @param worstCase the accuracy where a point counts only if no attack fooled it: an upper bound
///   of the robust accuracy; null if no attack had a radius
/// @param curve accuracy against the radius, by PGD of 20 steps; null unless asked for
/// @param warnings reasons not to trust these numbers
record AttackResult(
    int schemaVersion,
    Provenance provenance,
    String model,
    String norm,
    @Nullable String transferredFrom,
    Accuracy clean,
    List<Outcome> attacks,
    @Nullable Accuracy worstCase,
    @Nullable AccuracyCurve curve,
    List<AttackWarning> warnings) {
  static final int SCHEMA_VERSION = 1;

  /// What one of `--attack` left.
  ///
  /// @param argument as on the command line
  /// @param robust the accuracy; null if the attack had no radius
  /// @param queries images that the model was asked about; by transfer, two a point
  /// @param stages its attacks, with their whole configuration; by transfer, what they found on the
  ///   other network
  /// @param distances of the nearest adversarial images; null if the attack had a radius
  record Outcome(
      String argument,
      @Nullable Accuracy robust,
      long queries,
      long gradients,
      List<SuiteResult.Stage> stages,
      @Nullable LeastDistances distances) {}
}
