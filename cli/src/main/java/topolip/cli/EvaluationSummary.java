package topolip.cli;

import java.util.Locale;
import topolip.cli.EvaluationResult.OfCorruption;
import topolip.cli.EvaluationResult.OfModel;
import topolip.cli.EvaluationResult.OfPerturbation;
import topolip.model.PredictionSummary;

/// The result of an evaluation on the screen.
final class EvaluationSummary {
  private EvaluationSummary() {}

  static String of(EvaluationResult result) {
    Table table =
        new Table(
            "model", "perturbation", "accuracy", "95 % interval", "confidence", "entropy", "ECE");
    for (OfModel model : result.models()) {
      add(table, model.name(), "none", model.clean());
      for (OfPerturbation perturbed : model.perturbed()) {
        add(table, model.name(), perturbed.perturbation(), perturbed.summary());
      }
    }
    StringBuilder text = new StringBuilder(table.toString());
    for (OfModel model : result.models()) {
      if (model.corruptions() != null) {
        text.append(String.format("%n%n")).append(corruptions(model.name(), model.corruptions()));
      }
    }
    return text.toString();
  }

  private static void add(Table table, String model, String perturbation, PredictionSummary s) {
    table.add(
        model,
        perturbation,
        percent(s.accuracy().share()),
        String.format(
            Locale.ROOT, "[%.1f, %.1f]", 100 * s.accuracy().low(), 100 * s.accuracy().high()),
        String.format(Locale.ROOT, "%.3f", s.confidence()),
        String.format(Locale.ROOT, "%.3f", s.entropy()),
        String.format(Locale.ROOT, "%.3f", s.calibrationError()));
  }

  private static String corruptions(String model, EvaluationResult.OfCorruptions of) {
    Table table = new Table("error of " + model, "1", "2", "3", "4", "5");
    for (OfCorruption corruption : of.corruptions()) {
      table.add(
          corruption.name(),
          percent(corruption.errors().get(0)),
          percent(corruption.errors().get(1)),
          percent(corruption.errors().get(2)),
          percent(corruption.errors().get(3)),
          percent(corruption.errors().get(4)));
    }
    String mean =
        "mean " + percent(of.meanError()) + ", without corruption " + percent(of.cleanError());
    Double mce = of.meanCorruptionError();
    Double relative = of.relativeMeanCorruptionError();
    return table
        + String.format("%n")
        + mean
        + (mce == null && of.baseline() != null
            ? ", no mCE: it needs all 15 corruptions, frost with photographs (--frost) among them"
            : "")
        + (mce == null ? "" : ", mCE against %s %s".formatted(of.baseline(), percent(mce)))
        + (relative == null ? "" : ", relative mCE " + percent(relative));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
