package topolip.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import topolip.profile.Series.Estimate;

class ReplicatedTest {

  @Test
  void intervalIsNumPysPercentilesOfTheSubsamples() {
    // numpy.percentile(numpy.arange(1, 21) ** 2, [2.5, 97.5]) = [2.425, 381.475]
    List<Double> replicates = new ArrayList<>(List.of(-1.0));
    for (int i = 20; i >= 1; i--) {
      replicates.add((double) i * i);
    }

    Estimate estimate = Replicated.estimate(replicates, x -> x);

    assertThat(estimate.value()).isEqualTo(-1.0);
    assertThat(estimate.low()).isCloseTo(2.425, within(1e-12));
    assertThat(estimate.high()).isCloseTo(381.475, within(1e-12));
  }

  @Test
  void undefinedReplicatesAreLeftOut() {
    List<Double> replicates = Arrays.asList(5.0, 1.0, null, 3.0);

    Estimate estimate = Replicated.estimate(replicates, x -> x);

    assertThat(estimate.low()).isCloseTo(1.05, within(1e-12));
    assertThat(estimate.high()).isCloseTo(2.95, within(1e-12));
  }

  @Test
  void fewerThanTwoSubsamplesGiveNoInterval() {
    assertThat(Replicated.estimate(List.of(1.0, 2.0), x -> x))
        .isEqualTo(new Estimate(1.0, null, null));
  }

  @Test
  void adjacentSeriesHasNoQuotients() {
    List<SeriesValues> replicates = List.of(SeriesValues.of(List.of(1.0, 2.0)));

    assertThat(Replicated.series(replicates, Protocol.ADJACENT).quotient()).isNull();
    assertThat(Replicated.series(replicates, Protocol.PAIRED).quotient())
        .extracting(Series.Estimates::value)
        .isEqualTo(List.of(2.0));
  }
}
