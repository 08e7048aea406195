package topolip.perturb.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CorruptionErrorsTest {

  private static CorruptionErrors same(String name, @Nullable Double clean, double error) {
    Map<Corruption, List<Double>> errors = new TreeMap<>();
    Corruption.benchmark().forEach(c -> errors.put(c, Collections.nCopies(5, error)));
    return new CorruptionErrors(name, clean, errors);
  }

  @Test
  void aModelIsItsOwnBaseline() {
    CorruptionErrors model = same("m", 0.1, 0.4);
    CorruptionBaseline itself = CorruptionBaseline.of(model);
    assertThat(model.mce(itself)).isCloseTo(1, within(1e-12));
    assertThat(model.relativeMce(itself)).isCloseTo(1, within(1e-12));
    assertThat(same("half", 0.1, 0.2).mce(itself)).isCloseTo(0.5, within(1e-12));
    assertThat(same("third", 0.1, 0.2).relativeMce(itself)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(model.mean()).isCloseTo(0.4, within(1e-12));
  }

  /// Means of errors by severity that were published apart from the baseline's.
  @Test
  void severitiesAreAveraged() {
    CorruptionErrors alexNet =
        new CorruptionErrors(
            "AlexNet",
            null,
            Map.of(
                Corruption.GAUSSIAN_NOISE,
                List.of(0.69528, 0.82542, 0.93554, 0.98138, 0.99452),
                Corruption.PIXELATE,
                List.of(0.52218, 0.5462, 0.73728, 0.87092, 0.91262)));
    for (Corruption c : alexNet.errors().keySet()) {
      assertThat(alexNet.error(c, CorruptionBaseline.alexNet())).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void whatIsNotKnownIsRefused() {
    CorruptionErrors model = same("m", null, 0.4);
    assertThatThrownBy(() -> model.relativeMce(CorruptionBaseline.alexNet()))
        .hasMessage("the clean error of m is not known");
    assertThatThrownBy(() -> model.mce(CorruptionBaseline.of(same("perfect", 0.0, 0))))
        .hasMessageContaining("never errs");
    assertThatThrownBy(
            () -> same("m", 0.4, 0.4).relativeMce(CorruptionBaseline.of(same("flat", 0.2, 0.2))))
        .hasMessageContaining("errs no more under");
    CorruptionErrors few =
        new CorruptionErrors("few", 0.1, Map.of(Corruption.FOG, Collections.nCopies(5, 0.1)));
    assertThatThrownBy(() -> few.mce(CorruptionBaseline.alexNet()))
        .hasMessage("few has no errors under gaussian_noise");
    assertThatThrownBy(() -> new CorruptionErrors("m", 0.1, Map.of(Corruption.FOG, List.of(0.1))))
        .hasMessage("fog has errors of 1 severities, not of 5");
    assertThatThrownBy(() -> same("m", 1.5, 0.4)).hasMessageContaining("must be in [0, 1]: 1.5");
  }
}
