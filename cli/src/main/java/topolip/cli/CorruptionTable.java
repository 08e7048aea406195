package topolip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import topolip.cli.EvaluationResult.OfCorruption;
import topolip.cli.EvaluationResult.OfCorruptions;
import topolip.cli.EvaluationResult.OfModel;
import topolip.engine.Progress;
import topolip.perturb.corruption.CorruptionBaseline;
import topolip.perturb.corruption.CorruptionErrors;
import topolip.report.AccuracyFigures;

/// Errors under corruptions as results.
final class CorruptionTable {
  private CorruptionTable() {}

  /// The models with their errors, where they were measured.
  static List<OfModel> added(
      List<OfModel> models,
      Map<String, CorruptionErrors> errors,
      @Nullable CorruptionBaseline baseline) {
    return models.stream()
        .map(model -> {
          CorruptionErrors of = errors.get(model.name());
          return of == null
              ? model
              : new OfModel(model.name(), model.clean(), model.perturbed(), of(of, baseline));
        })
        .toList();
  }

  /// A figure of the accuracies, where errors under corruptions were measured.
  static void draw(Path folder, List<OfModel> models, Progress progress) throws IOException {
    Map<String, AccuracyFigures.Corrupted> accuracies = new LinkedHashMap<>();
    for (OfModel model : models) {
      OfCorruptions errors = model.corruptions();
      if (errors != null) {
        Map<String, List<Double>> byName = new LinkedHashMap<>();
        errors
            .corruptions()
            .forEach(of -> byName.put(of.name(), of.errors().stream().map(e -> 1 - e).toList()));
        accuracies.put(
            model.name(), new AccuracyFigures.Corrupted(1 - errors.cleanError(), byName));
      }
    }
    if (!accuracies.isEmpty()) {
      AccuracyFigures.corruptions(folder, accuracies, progress);
    }
  }

  private static OfCorruptions of(CorruptionErrors errors, @Nullable CorruptionBaseline baseline) {
    return new OfCorruptions(
        Objects.requireNonNull(errors.cleanError()),
        errors.errors().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> new OfCorruption(e.getKey().toString(), e.getValue()))
            .toList(),
        errors.mean(),
        baseline == null ? null : baseline.name(),
        baseline == null ? null : defined(baseline, errors::mce),
        baseline == null ? null : defined(baseline, errors::relativeMce));
  }

  /// Undefined where one of the 15 corruptions was not measured, or the baseline's errors do not
  /// rise under it.
  private static @Nullable Double defined(
      CorruptionBaseline baseline, ToDoubleFunction<CorruptionBaseline> value) {
    try {
      return value.applyAsDouble(baseline);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
