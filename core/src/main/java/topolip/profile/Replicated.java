package topolip.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.interval.Interval;
import org.apache.commons.statistics.interval.NormalConfidenceInterval;
import org.jspecify.annotations.Nullable;
import topolip.profile.Series.Estimate;
import topolip.profile.Series.Estimates;
import topolip.profile.Series.TopoLip;

/// Turns the values of all replicates, the whole sample first, into estimates with 95 % intervals.
///
/// A subsample of m of n samples without replacement varies around the whole sample by only (n −
/// m)/m of the variance with which the whole sample varies around what it estimates, so the
/// variance over subsamples is scaled by m/(n − m) (Politis, Romano, Wolf 1999, section 2.3; Wu
/// 1990, DOI 10.1214/aos/1176347752). The interval is Student's t around the whole sample's value,
/// since some twenty subsamples have no 2.5 % quantile. Subsamples in which the value is undefined
/// are left out; with fewer than two there is no interval.
final class Replicated {
  private static final double ERROR = 0.05;

  /// m/n of the subsamples.
  private final double share;

  Replicated(double share) {
    this.share = share;
  }

  Series series(List<SeriesValues> replicates, Protocol protocol) {
    boolean paired = protocol == Protocol.PAIRED;
    return new Series(
        estimates(replicates, SeriesValues::distance),
        estimates(replicates, SeriesValues::rate),
        estimates(replicates, SeriesValues::cumulative),
        paired ? estimates(replicates, SeriesValues::quotient) : null,
        paired ? positive(replicates, SeriesValues::endToEnd) : null,
        new TopoLip(
            positive(replicates, SeriesValues::max),
            positive(replicates, SeriesValues::mean),
            positive(replicates, SeriesValues::last),
            replicates.getFirst().definedRates(),
            replicates.getFirst().rate().size()));
  }

  /// @param value of a replicate, null where undefined
  <T> Estimate estimate(List<T> replicates, Function<T, @Nullable Double> value) {
    double[] known =
        replicates.stream()
            .skip(1)
            .map(value)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    @Nullable Double whole = value.apply(replicates.getFirst());
    if (whole == null || known.length < 2) {
      return new Estimate(whole, null, null);
    }
    double variance = Variance.of(known).getAsDouble() * share / (1 - share);
    Interval interval =
        NormalConfidenceInterval.MEAN.fromErrorRate(
            whole, variance * known.length, known.length, ERROR);
    return new Estimate(whole, interval.getLowerBound(), interval.getUpperBound());
  }

  /// The same of a value that cannot be negative.
  private <T> Estimate positive(List<T> replicates, Function<T, @Nullable Double> value) {
    Estimate estimate = estimate(replicates, value);
    @Nullable Double low = estimate.low();
    return low == null
        ? estimate
        : new Estimate(estimate.value(), Math.max(0, low), estimate.high());
  }

  private Estimates estimates(
      List<SeriesValues> replicates, Function<SeriesValues, List<@Nullable Double>> values) {
    List<@Nullable Double> whole = new ArrayList<>();
    List<@Nullable Double> low = new ArrayList<>();
    List<@Nullable Double> high = new ArrayList<>();
    int length = values.apply(replicates.getFirst()).size();
    for (int l = 0; l < length; l++) {
      int layer = l;
      Estimate estimate = positive(replicates, r -> values.apply(r).get(layer));
      whole.add(estimate.value());
      low.add(estimate.low());
      high.add(estimate.high());
    }
    return new Estimates(whole, low, high);
  }
}
