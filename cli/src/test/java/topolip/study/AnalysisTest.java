package topolip.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import topolip.study.StudyResult.Association;
import topolip.study.StudyResult.Trained;

class AnalysisTest {

  private static Trained trained(int network, long seed, double measure, double loss) {
    Map<String, @Nullable Double> measures = new HashMap<>(Map.of("m", measure));
    return new Trained(
        "n" + network,
        "f",
        seed,
        1L,
        null,
        Map.of(),
        Map.of("noise", loss),
        measures,
        Map.of(),
        List.of());
  }

  /// Seeds of one network resemble each other; over networks, nothing is associated. Taken for
  /// independent, the twelve trainings would be found associated in a third of the studies.
  @Test
  void trainingsOfOneNetworkAreNotCountedAsNetworks() {
    Random random = new Random(3);
    int found = 0;
    for (int study = 0; study < 60; study++) {
      List<Trained> networks = new ArrayList<>();
      for (int n = 0; n < 6; n++) {
        double measure = random.nextGaussian();
        double loss = random.nextGaussian();
        for (int seed = 0; seed < 3; seed++) {
          networks.add(
              trained(
                  n,
                  seed,
                  measure + 0.2 * random.nextGaussian(),
                  loss + 0.2 * random.nextGaussian()));
        }
      }
      Association association = Analysis.of(networks, study).getFirst();
      assertThat(association.count()).isEqualTo(6);
      found += association.p() <= 0.05 ? 1 : 0;
    }
    // Binomial, mean 3 and standard deviation 1.7.
    assertThat(found).isBetween(0, 9);
  }

  @Test
  void aMeasureThatIsUndefinedForATrainingIsLeftOut() {
    List<Trained> networks = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      networks.add(trained(n, 0, n, n * n));
    }
    assertThat(Analysis.of(networks, 0)).hasSize(1);
    networks.get(2).measures().put("m", null);
    assertThat(Analysis.of(networks, 0)).isEmpty();
  }
}
