package topolip.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import topolip.dataset.Dataset;
import topolip.engine.Progress;
import topolip.model.Evaluation;
import topolip.model.Model;
import topolip.perturb.SamplePair;
import topolip.profile.ModelProfile;

/// Under what a network's accuracy is measured besides.
final class UnderOptions {
  @Option(
      names = "--under",
      paramLabel = "P",
      converter = Disturbance.Converter.class,
      description =
          "Also the accuracy on the samples under a perturbation or attack, as for --perturb; may"
              + " be given several times.")
  List<Disturbance> all = List.of();

  boolean needGradients() {
    return all.stream().anyMatch(Disturbance::needsGradients);
  }

  /// The accuracy under each, on the samples; none if the data have no labels.
  List<ModelProfile.Under> accuracies(
      Dataset data, int samples, Model model, long seed, int threads, Progress progress)
      throws IOException {
    List<ModelProfile.Under> accuracies = new ArrayList<>();
    if (!data.labelled()) {
      return accuracies;
    }
    for (Disturbance one : all) {
      SamplePair pair = one.of(data, samples, model, seed, threads, progress);
      accuracies.add(
          new ModelProfile.Under(
              one.toString(),
              Evaluation.accuracy(model, pair.cleanLabels(), pair::clean, progress),
              Evaluation.accuracy(model, pair.perturbedLabels(), pair::perturbed, progress)));
    }
    return accuracies;
  }

  /// Adds every option as resolved.
  void describe(Map<String, Object> options) {
    options.put("under", all.stream().map(Disturbance::toString).toList());
  }
}
