package topolip.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import topolip.profile.Series.Estimate;

class ReplicatedTest {

  @Test
  void intervalIsStudentsAroundTheWholeSampleWithTheVarianceOfTheSubsamplesScaled() {
    // scipy.stats.t.ppf(0.975, 4) * sqrt(variance([1, 2, 3, 4, 5]) * 0.8 / 0.2)
    List<Double> replicates = List.of(10.0, 1.0, 2.0, 3.0, 4.0, 5.0);

    Estimate estimate = new Replicated(0.8).estimate(replicates, x -> x);

    double half = 2.7764451051977987 * Math.sqrt(2.5 * 4);
    assertThat(estimate.value()).isEqualTo(10.0);
    assertThat(estimate.low()).isCloseTo(10 - half, within(1e-9));
    assertThat(estimate.high()).isCloseTo(10 + half, within(1e-9));
  }

  /// Means of exponential samples, whose theory is known: the interval covers the true mean in
  /// about 95 of 100 experiments. (Percentiles of such subsamples would cover it in about 65.)
  @Test
  void intervalsCoverWhatTheyEstimate() {
    SplittableRandom random = new SplittableRandom(1);
    ProfileOptions options = ProfileOptions.defaults();
    int covered = 0;
    for (int experiment = 0; experiment < 1000; experiment++) {
      double[] sample = random.doubles(100).map(u -> -Math.log(1 - u)).toArray();
      List<Double> means =
          Subsamples.of(100, options.withSeed(experiment)).replicates().stream()
              .map(chosen ->
                  Arrays.stream(chosen).mapToDouble(i -> sample[i]).average().getAsDouble())
              .toList();
      Estimate mean = new Replicated(options.subsampleSize()).estimate(means, x -> x);
      if (mean.low() != null && mean.high() != null && mean.low() <= 1 && 1 <= mean.high()) {
        covered++;
      }
    }
    assertThat(covered).isBetween(920, 970);
  }

  @Test
  void undefinedReplicatesAreLeftOut() {
    List<Double> replicates = Arrays.asList(5.0, 1.0, null, 3.0);

    Estimate estimate = new Replicated(0.5).estimate(replicates, x -> x);

    double half = 12.706204736174707 * Math.sqrt(2);
    assertThat(estimate.low()).isCloseTo(5 - half, within(1e-9));
    assertThat(estimate.high()).isCloseTo(5 + half, within(1e-9));
  }

  @Test
  void fewerThanTwoSubsamplesGiveNoInterval() {
    assertThat(new Replicated(0.8).estimate(List.of(1.0, 2.0), x -> x))
        .isEqualTo(new Estimate(1.0, null, null));
    assertThat(new Replicated(0.8).estimate(Arrays.asList(null, 2.0, 3.0), x -> x))
        .isEqualTo(new Estimate(null, null, null));
  }

  @Test
  void whatCannotBeNegativeHasNoNegativeBound() {
    List<SeriesValues> replicates =
        Stream.of(0.1, 5.0, 0.2).map(w -> SeriesValues.of(List.of(w))).toList();

    Series series = new Replicated(0.8).series(replicates, Protocol.ADJACENT);

    assertThat(series.distance().get(0).low()).isZero();
    assertThat(series.distance().get(0).high()).isGreaterThan(5);
  }

  @Test
  void adjacentSeriesHasNoQuotients() {
    List<SeriesValues> replicates = List.of(SeriesValues.of(List.of(1.0, 2.0)));

    assertThat(new Replicated(0.8).series(replicates, Protocol.ADJACENT).quotient()).isNull();
    assertThat(new Replicated(0.8).series(replicates, Protocol.PAIRED).quotient())
        .extracting(Series.Estimates::value)
        .isEqualTo(List.of(2.0));
  }
}
