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
/// @param sensitivity of TopoLip to how it is measured; empty unless the study asks for it
public record StudyResult(
    int schemaVersion,
    Provenance provenance,
    Study study,
    List<Trained> networks,
    List<Association> associations,
    List<Setting> sensitivity) {
  private static final int SCHEMA_VERSION = 1;

  public static StudyResult of(
      Provenance provenance, Study study, List<Trained> networks, List<Association> associations) {
    return new StudyResult(
        SCHEMA_VERSION, provenance, study, networks, associations, Sensitivity.of(networks));
  }

  /// One network of one seed.
  ///
  /// @param units the folders that the numbers were read from
  /// @param accuracy on the whole test split
  /// @param accuracies by perturbation and attack, on the images that were perturbed
  /// @param losses by perturbation and attack: clean accuracy minus that, on the same images
  /// @param measures by name, such as `adjacent union scale-free mean`; null where undefined
  /// @param settings TopoLip by setting of `measure`, then by degree and scaling
  public record Trained(
      String network,
      String family,
      long seed,
      @Nullable Long parameters,
      @Nullable Accuracy accuracy,
      Map<String, Double> accuracies,
      Map<String, Double> losses,
      Map<String, @Nullable Double> measures,
      Map<String, Map<String, TopoLipAt>> settings,
      List<String> units) {}

  /// TopoLip, the mean rate, with its 95 % interval over subsamples if it has one.
  public record TopoLipAt(double mean, @Nullable Double low, @Nullable Double high) {}

  /// How TopoLip at one setting of `measure` goes with TopoLip as the study measures it.
  ///
  /// @param setting such as `samples 100`
  /// @param topolip degree and scaling, such as `union scale-free`
  /// @param count of networks, each a mean over its seeds
  /// @param kendall τ_b of the networks' order with that as studied; null of fewer than two
  ///   networks or where all are the same
  /// @param seedSpread standard deviation over seeds, pooled over networks, divided by that of the
  ///   networks' means; null with one seed or network, or where all means are the same
  /// @param width of the intervals over subsamples, divided by the value; the mean over trainings;
  ///   null where there are none
  public record Setting(
      String setting,
      String topolip,
      int count,
      @Nullable Double kendall,
      @Nullable Double seedSpread,
      @Nullable Double width) {}

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
