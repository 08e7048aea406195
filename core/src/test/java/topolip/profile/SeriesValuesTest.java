package topolip.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesValuesTest {

  @Test
  void ratesAreAbsoluteChangesRelativeToTheDistanceBefore() {
    SeriesValues series = SeriesValues.of(List.of(2.0, 3.0, 1.5));

    assertThat(series.rate()).containsExactly(0.5, 0.5);
    assertThat(series.cumulative()).containsExactly(0.5, 1.0);
    assertThat(series.quotient()).containsExactly(1.5, 0.5);
    assertThat(series.endToEnd()).isEqualTo(0.75);
    assertThat(series.max()).isEqualTo(0.5);
    assertThat(series.mean()).isEqualTo(0.5);
    assertThat(series.last()).isEqualTo(1.0);
  }

  @Test
  void rateFromZeroIsUndefinedAndLeftOutOfTheMean() {
    SeriesValues series = SeriesValues.of(List.of(1.0, 0.0, 2.0, 4.0));

    assertThat(series.rate()).containsExactly(1.0, null, 1.0);
    assertThat(series.cumulative()).containsExactly(1.0, 1.0, 2.0);
    assertThat(series.quotient()).containsExactly(0.0, null, 2.0);
    assertThat(series.mean()).isEqualTo(1.0);
  }

  @Test
  void seriesWithoutADefinedRateHasNoTopoLip() {
    SeriesValues series = SeriesValues.of(List.of(0.0, 0.0, 5.0));

    assertThat(series.rate()).containsExactly(null, null);
    assertThat(series.cumulative()).containsExactly(null, null);
    assertThat(series.max()).isNull();
    assertThat(series.mean()).isNull();
    assertThat(series.last()).isNull();
    assertThat(series.endToEnd()).isNull();
  }

  @Test
  void undefinedDistanceMakesBothItsRatesUndefined() {
    SeriesValues series = SeriesValues.of(Arrays.asList(1.0, null, 2.0, 3.0));

    assertThat(series.rate()).containsExactly(null, null, 0.5);
    assertThat(series.cumulative()).containsExactly(null, null, 0.5);
  }

  @Test
  void ratesDoNotDependOnTheUnitOfTheActivations() {
    assertThat(SeriesValues.of(List.of(5.6, 1.6, 7.2, 3.2)).rate())
        .isEqualTo(SeriesValues.of(List.of(0.7, 0.2, 0.9, 0.4)).rate());
  }

  @Test
  void singleDistanceHasNoRates() {
    SeriesValues series = SeriesValues.of(List.of(1.0));

    assertThat(series.rate()).isEmpty();
    assertThat(series.mean()).isNull();
  }
}
