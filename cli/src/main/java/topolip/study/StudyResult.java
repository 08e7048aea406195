package topolip.study;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topolip.model.Accuracy;
import topolip.profile.Provenance;

/// What `study.json` holds.
///
/// @param schemaVersion of the file format, 1
/// @param study as read, every default filled in
/// @param networks one a network and seed
/// @param associations of each measure with each loss of accuracy
public record StudyResult(
    int schemaVersion,
    Provenance provenance,
    Study study,
    List<Trained> networks,
    List<Association> associations) {
  private static final int SCHEMA_VERSION = 1;

  public static StudyResult of(
      Provenance provenance, Study study, List<Trained> networks, List<Association> associations) {
    return new StudyResult(SCHEMA_VERSION, provenance, study, networks, associations);
  }

  /// One network of one seed.
  ///
  /// @param units the folders that the numbers were read from
  /// @param accuracy on the whole test split
  /// @param accuracies by perturbation and attack, on the images that were perturbed
  /// @param losses by perturbation and attack: clean accuracy minus that, on the same images
  /// @param measures by name, such as `adjacent union scale-free mean`; null where undefined
  public record Trained(
      String network,
      String family,
      long seed,
      @Nullable Long parameters,
      @Nullable Accuracy accuracy,
      Map<String, Double> accuracies,
      Map<String, Double> losses,
      Map<String, @Nullable Double> measures,
      List<String> units) {}

  /// How a measure goes with a loss of accuracy over networks.
  ///
  /// @param among all networks, those of one family, or all with ranks taken `within families`
  /// @param count of networks, each a mean over its seeds
  /// @param spearman rank correlation ρ
  /// @param low and `high`: 95 % percentile bootstrap interval of ρ over networks
  /// @param kendall rank correlation τ_b; null within families, where pairs across them would count
  /// @param p two-sided permutation p-value of ρ
  /// @param familyWise the same, corrected for all measures of this loss and group (Westfall and
  ///   Young's single-step maximum)
  public record Association(
      String measure,
      String loss,
      String among,
      int count,
      double spearman,
      double low,
      double high,
      @Nullable Double kendall,
      double p,
      double familyWise) {}
}
