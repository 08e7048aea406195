package topolip.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import topolip.diagram.GroundNorm;

class ProfileSeriesTest {
  private static final ProfileOptions OPTIONS =
      new ProfileOptions(Protocol.ADJACENT, List.of(0, 1), 1, GroundNorm.L_INFINITY, 1, 0.8, 0);

  private static LayerDistance layer(double raw, @Nullable Double scaleFree) {
    return new LayerDistance(
        List.of(raw, 10 * raw), scaleFree == null ? null : List.of(scaleFree, 5 * scaleFree));
  }

  @Test
  void rawAndScaleFreeReplicatesAreToldApart() {
    ProfileSeries series =
        new ProfileSeries(
            OPTIONS,
            0.8,
            List.of(List.of(layer(1, 1.0), layer(3, 6.0)), List.of(layer(2, 4.0), layer(3, 3.0))));

    Measurement.Replicates first = Objects.requireNonNull(series.replicates().get("0"));
    assertThat(first.raw()).containsExactly(2.0, 0.5);
    assertThat(first.scaleFree()).containsExactly(5.0, 0.25);
    assertThat(Objects.requireNonNull(series.degrees().get("1")).raw().distance().value())
        .containsExactly(10.0, 30.0);
    assertThat(Objects.requireNonNull(series.degrees().get("union")).scaleFree().distance().value())
        .containsExactly(6.0, 36.0);
  }

  @Test
  void networksWithUndefinedRatesAreNotCompared() {
    ProfileSeries series =
        new ProfileSeries(
            OPTIONS, 0.8, List.of(Arrays.asList(layer(1, 1.0), layer(3, null), layer(6, 1.0))));

    assertThat(Objects.requireNonNull(series.replicates().get("0")).raw()).containsExactly(1.5);
    assertThat(Objects.requireNonNull(series.replicates().get("0")).scaleFree())
        .containsExactly((Double) null);
    Series.TopoLip free = Objects.requireNonNull(series.degrees().get("0")).scaleFree().topolip();
    assertThat(free.definedRates()).isZero();
    assertThat(free.rates()).isEqualTo(2);
    assertThat(free.definedThroughout()).isFalse();
  }
}
