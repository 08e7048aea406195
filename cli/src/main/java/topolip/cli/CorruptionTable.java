package topolip.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import topolip.cli.EvaluationResult.OfCorruption;
import topolip.cli.EvaluationResult.OfCorruptions;
import topolip.cli.EvaluationResult.OfModel;
import topolip.perturb.corruption.CorruptionBaseline;
import topolip.perturb.corruption.CorruptionErrors;

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
