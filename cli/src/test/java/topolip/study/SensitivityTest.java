package topolip.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import topolip.study.StudyResult.Setting;
import topolip.study.StudyResult.TopoLipAt;
import topolip.study.StudyResult.Trained;

class SensitivityTest {

  private static Trained trained(String network, long seed, double studied, double few) {
    Map<String, Map<String, TopoLipAt>> settings =
        Map.of(
            Sensitivity.AS_STUDIED,
            Map.of("0 raw", new TopoLipAt(studied, 0.9 * studied, 1.1 * studied)),
            "samples 20",
            Map.of("0 raw", new TopoLipAt(few, null, null), "1 raw", new TopoLipAt(1, null, null)));
    return new Trained(
        network, "f", seed, 1L, null, Map.of(), Map.of(), Map.of(), settings, List.of());
  }

  private static Setting at(List<Setting> settings, String name) {
    return settings.stream().filter(s -> s.setting().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void ordersOfNetworksAreCompared() {
    List<Trained> trained = new ArrayList<>();
    double[] studied = {1, 2, 3, 4};
    double[] few = {1, 3, 2, 4};
    for (int n = 0; n < 4; n++) {
      // Seeds lie 0.1 below and above.
      trained.add(trained("n" + n, 0, studied[n] - 0.1, few[n] - 0.1));
      trained.add(trained("n" + n, 1, studied[n] + 0.1, few[n] + 0.1));
    }
    List<Setting> settings = Sensitivity.of(trained);
    // What is not measured as studied has nothing to be compared with.
    assertThat(settings).hasSize(2);
    Setting same = at(settings, Sensitivity.AS_STUDIED);
    assertThat(same.kendall()).isCloseTo(1, within(1e-12));
    assertThat(same.width()).isCloseTo(0.2, within(1e-12));
    Setting fewer = at(settings, "samples 20");
    // Five of six pairs agree.
    assertThat(fewer.kendall()).isCloseTo(4.0 / 6, within(1e-12));
    assertThat(fewer.count()).isEqualTo(4);
    assertThat(fewer.width()).isNull();
    // Variance 0.02 of two seeds, 5/3 of 1, 2, 3, 4.
    assertThat(fewer.seedSpread()).isCloseTo(Math.sqrt(0.02 / (5.0 / 3)), within(1e-12));
  }

  @Test
  void whatCannotBeComparedIsUndefined() {
    Setting alone = at(Sensitivity.of(List.of(trained("n", 0, 1, 2))), "samples 20");
    assertThat(alone.kendall()).isNull();
    assertThat(alone.seedSpread()).isNull();
    assertThat(Sensitivity.of(List.of())).isEmpty();
  }
}
