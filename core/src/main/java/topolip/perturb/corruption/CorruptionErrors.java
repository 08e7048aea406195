package topolip.perturb.corruption;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How often a model errs under corruptions, and the summaries of Hendrycks and Dietterich 2019
/// (arXiv:1903.12261, section 4).
///
/// All numbers are shares, not percents.
///
/// @param model its name
/// @param cleanError on the images without corruption; null if not known
/// @param errors one a severity, 1 to 5, of each corruption
public record CorruptionErrors(
    String model, @Nullable Double cleanError, Map<Corruption, List<Double>> errors) {

  public CorruptionErrors {
    Map<Corruption, List<Double>> copy = new TreeMap<>();
    errors.forEach((corruption, shares) -> {
      if (shares.size() != Severities.COUNT) {
        throw new IllegalArgumentException(
            "%s has errors of %d severities, not of %d"
                .formatted(corruption, shares.size(), Severities.COUNT));
      }
      shares.forEach(share -> requireShare(share, corruption.toString()));
      copy.put(corruption, List.copyOf(shares));
    });
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("there are no corruptions");
    }
    if (cleanError != null) {
      requireShare(cleanError, "the clean error");
    }
    errors = Map.copyOf(copy);
  }

  static void requireShare(double share, String of) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "an error of %s must be in [0, 1]: %s".formatted(of, share));
    }
  }

  /// The mean error over the severities of one corruption.
  ///
  /// @throws IllegalArgumentException if it was not measured
  public double mean(Corruption corruption) {
    List<Double> shares = errors.get(corruption);
    if (shares == null) {
      throw new IllegalArgumentException(model + " has no errors under " + corruption);
    }
    return shares.stream().mapToDouble(e -> e).average().orElseThrow();
  }

  /// The mean error over all corruptions measured and all severities: not normalised by a baseline.
  public double mean() {
    return errors.keySet().stream().sorted().mapToDouble(this::mean).average().orElseThrow();
  }

  /// `CE = Σ_s E_s / Σ_s E_s(baseline)` of one corruption.
  ///
  /// @throws IllegalArgumentException if one of them was not measured, or the baseline never errs
  public double error(Corruption corruption, CorruptionBaseline baseline) {
    return mean(corruption) / baseline.positive(corruption);
  }

  /// mCE: the mean of [#error] over the 15 corruptions of the benchmark.
  ///
  /// @throws IllegalArgumentException if one of them was not measured
  public double mce(CorruptionBaseline baseline) {
    return Corruption.benchmark().stream()
        .mapToDouble(c -> error(c, baseline))
        .average()
        .orElseThrow();
  }

  /// `Σ_s (E_s − E_clean) / Σ_s (E_s(baseline) − E_clean(baseline))` of one corruption.
  ///
  /// @throws IllegalArgumentException if one of these errors is not known
  public double relativeError(Corruption corruption, CorruptionBaseline baseline) {
    if (cleanError == null) {
      throw new IllegalArgumentException("the clean error of " + model + " is not known");
    }
    return (mean(corruption) - cleanError) / baseline.rise(corruption);
  }

  /// Relative mCE: the mean of [#relativeError] over the 15 corruptions of the benchmark.
  ///
  /// @throws IllegalArgumentException if one of these errors is not known
  public double relativeMce(CorruptionBaseline baseline) {
    return Corruption.benchmark().stream()
        .mapToDouble(c -> relativeError(c, baseline))
        .average()
        .orElseThrow();
  }
}
