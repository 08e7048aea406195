package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import topolip.diagram.Bottleneck;
import topolip.diagram.GroundNorm;
import topolip.diagram.Wasserstein;
import topolip.geometry.PointCloud;
import topolip.homology.Cech;
import topolip.homology.PersistenceDiagram;
import topolip.homology.VietorisRips;
import topolip.lipschitz.PersistenceStability.Filtration;

class PersistenceStabilityTest {

  private static List<PersistenceDiagram> diagrams(double[][] points, Filtration filtration) {
    var distances = PointCloud.of(points).distances(1);
    return switch (filtration) {
      case RIPS -> VietorisRips.upTo(2).diagrams(distances);
      case CECH -> Cech.upTo(2).diagrams(distances);
    };
  }

  private static double[] displacements(double[][] x, double[][] y) {
    double[] displacements = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      displacements[i] = Vectors.distance(x[i], y[i]);
    }
    return displacements;
  }

  @Test
  void inequalitiesHoldOnRandomClouds() {
    Random random = new Random(1);
    double[] largest = new double[4];
    for (int trial = 0; trial < 400; trial++) {
      Filtration filtration = trial % 2 == 0 ? Filtration.RIPS : Filtration.CECH;
      double[][] x = DiscreteMeasureTest.gaussian(3 + random.nextInt(8), 3, random);
      double step = Math.exp(-4 * random.nextDouble());
      double[][] y = new double[x.length][];
      for (int i = 0; i < x.length; i++) {
        y[i] = x[i].clone();
        // Some points stay, as in the worst cases for Wasserstein distances.
        double moved = random.nextBoolean() ? step : 0;
        Vectors.add(moved, DiscreteMeasureTest.gaussian(1, 3, random)[0], y[i]);
      }
      double[] delta = displacements(x, y);
      PersistenceStability stability = new PersistenceStability(filtration);
      List<PersistenceDiagram> before = diagrams(x, filtration);
      List<PersistenceDiagram> after = diagrams(y, filtration);
      for (int degree = 0; degree < 3; degree++) {
        double bottleneck = new Bottleneck().distance(before.get(degree), after.get(degree));
        double bound = stability.bottleneck(delta).value();
        assertThat(bottleneck).isLessThanOrEqualTo(bound + 1e-12);
        largest[3] = Math.max(largest[3], bound == 0 ? 0 : bottleneck / bound);
        for (double order : new double[] {1, 1.5, 2, 3}) {
          double distance =
              new Wasserstein(order, GroundNorm.L_ORDER)
                  .distance(before.get(degree), after.get(degree));
          double limit = stability.wasserstein(order, degree, delta).value();
          assertThat(distance).isLessThanOrEqualTo(limit + 1e-12);
          largest[degree] = Math.max(largest[degree], limit == 0 ? 0 : distance / limit);
        }
      }
    }
    assertThat(largest[3]).isGreaterThan(0.5);
  }

  /// Leaves e_1 … e_{n−1} and a hub at height h along another axis, nearer to each leaf than leaves
  /// are to each other: raising the hub by δ makes all n−1 deaths grow by δ h/√(1 + h²).
  @Test
  void hubMovesEveryDeathOfDegreeZero() {
    for (int n : new int[] {5, 20, 60}) {
      double[][] x = new double[n][n];
      for (int i = 1; i < n; i++) {
        x[i][i] = 1;
      }
      x[0][0] = 0.98;
      double[][] y = x.clone();
      y[0] = x[0].clone();
      y[0][0] += 0.01;
      double[] delta = displacements(x, y);
      double moved =
          new Wasserstein(1, GroundNorm.L_ORDER)
              .distance(
                  diagrams(x, Filtration.RIPS).getFirst(), diagrams(y, Filtration.RIPS).getFirst());
      double bound = new PersistenceStability(Filtration.RIPS).wasserstein(1, 0, delta).value();
      assertThat(bound).isCloseTo((n - 1) * 0.01, within(1e-12));
      assertThat(moved / bound).isBetween(0.69, 1 / Math.sqrt(2));
    }
  }

  @Test
  void bottleneckBoundIsReachedByTwoPoints() {
    double[][] x = {{0}, {10}};
    double[][] y = {{-1}, {11}};
    for (Filtration filtration : Filtration.values()) {
      double distance =
          new Bottleneck()
              .distance(diagrams(x, filtration).getFirst(), diagrams(y, filtration).getFirst());
      double bound = new PersistenceStability(filtration).bottleneck(displacements(x, y)).value();
      assertThat(distance).isCloseTo(bound, within(1e-12));
    }
  }

  @Test
  void simplicesAreCounted() {
    PersistenceStability rips = new PersistenceStability(Filtration.RIPS);
    PersistenceStability cech = new PersistenceStability(Filtration.CECH);
    double[] delta = {1, 0, 0, 0, 0, 2};
    // 2² · C(6, 2) · (1 + 4), and half of 5 · 5.
    assertThat(rips.wasserstein(2, 1, delta).value()).isCloseTo(Math.sqrt(300), within(1e-12));
    assertThat(cech.wasserstein(2, 0, delta).value()).isCloseTo(Math.sqrt(12.5), within(1e-12));
    assertThat(rips.wasserstein(1, 6, delta).value()).isZero();
    assertThatThrownBy(() -> rips.wasserstein(0.5, 0, delta))
        .hasMessage("order 0.5 must be at least 1 and finite, degree 0 not negative");
    assertThatThrownBy(() -> rips.bottleneck(new double[] {-1}))
        .hasMessage("displacements must be finite and not negative: -1.0");
  }
}
