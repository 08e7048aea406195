package topolip.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.commons.statistics.descriptive.Quantile;
import org.jspecify.annotations.Nullable;
import topolip.profile.Series.Estimate;
import topolip.profile.Series.Estimates;
import topolip.profile.Series.TopoLip;

/// Turns the values of all replicates, the whole sample first, into estimates with 95 % percentile
/// intervals over the subsamples.
///
/// Quantiles are interpolated linearly (Hyndman and Fan's type 7, NumPy's default) between the
/// subsamples in which the value is defined; with fewer than two there is no interval.
final class Replicated {
  private static final Quantile QUANTILE =
      Quantile.withDefaults().with(Quantile.EstimationMethod.HF7).withCopy(true);
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  private Replicated() {}

  static Series series(List<SeriesValues> replicates, Protocol protocol) {
    boolean paired = protocol == Protocol.PAIRED;
    return new Series(
        estimates(replicates, SeriesValues::distance),
        estimates(replicates, SeriesValues::rate),
        estimates(replicates, SeriesValues::cumulative),
        paired ? estimates(replicates, SeriesValues::quotient) : null,
        paired ? estimate(replicates, SeriesValues::endToEnd) : null,
        new TopoLip(
            estimate(replicates, SeriesValues::max),
            estimate(replicates, SeriesValues::mean),
            estimate(replicates, SeriesValues::last)));
  }

  /// @param value of a replicate, null where undefined
  static <T> Estimate estimate(List<T> replicates, Function<T, @Nullable Double> value) {
    double[] known =
        replicates.stream()
            .skip(1)
            .map(value)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    @Nullable Double whole = value.apply(replicates.getFirst());
    if (known.length < 2) {
      return new Estimate(whole, null, null);
    }
    double[] interval = QUANTILE.evaluate(known, LOW, HIGH);
    return new Estimate(whole, interval[0], interval[1]);
  }

  private static Estimates estimates(
      List<SeriesValues> replicates, Function<SeriesValues, List<@Nullable Double>> values) {
    List<@Nullable Double> whole = new ArrayList<>();
    List<@Nullable Double> low = new ArrayList<>();
    List<@Nullable Double> high = new ArrayList<>();
    int length = values.apply(replicates.getFirst()).size();
    for (int l = 0; l < length; l++) {
      int layer = l;
      Estimate estimate = estimate(replicates, r -> values.apply(r).get(layer));
      whole.add(estimate.value());
      low.add(estimate.low());
      high.add(estimate.high());
    }
    return new Estimates(whole, low, high);
  }
}
