package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static topolip.diagram.RandomDiagrams.points;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topolip.homology.PersistenceDiagram;

class AmplitudeTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @EnumSource(GroundNorm.class)
  void isTheWassersteinDistanceToTheEmptyDiagram(GroundNorm ground) {
    RandomDiagrams random = new RandomDiagrams(9);
    for (double order : new double[] {1, 1.5, 2, 5}) {
      PersistenceDiagram diagram = random.next(20, 0);
      assertThat(new Amplitude(order, ground).of(diagram))
          .isCloseTo(new Wasserstein(order, ground).distance(diagram, points()), within(1e-14));
    }
  }

  @Test
  void ofInfiniteOrderIsTheLargestDistanceToTheDiagonal() {
    PersistenceDiagram diagram = points(0, 1, 2, 6, 5, 7);
    assertThat(new Amplitude(INF, GroundNorm.L_INFINITY).of(diagram)).isEqualTo(2);
    assertThat(new Amplitude(INF, GroundNorm.L_2).of(diagram))
        .isCloseTo(Math.sqrt(8), within(1e-15));
    assertThat(new Amplitude(INF, GroundNorm.L_ORDER).of(diagram)).isEqualTo(2);
    assertThat(new Amplitude(INF, GroundNorm.L_1).of(diagram)).isEqualTo(4);
  }

  @Test
  void totalPersistenceIsAPowerOfTwoTimesThePowerOfTheAmplitude() {
    PersistenceDiagram diagram = points(0, 1, 2, 6, 5, 7);
    assertThat(new TotalPersistence(3).of(diagram)).isEqualTo(1 + 64 + 8);
    double amplitude = new Amplitude(3, GroundNorm.L_INFINITY).of(diagram);
    assertThat(8 * Math.pow(amplitude, 3)).isCloseTo(73, within(1e-13));
    assertThat(new TotalPersistence(1).of(points())).isZero();
  }

  @Test
  void essentialClassesMakeThemInfinite() {
    PersistenceDiagram diagram =
        PersistenceDiagram.of(0, new double[] {0, 0}, new double[] {1, INF});
    assertThat(new Amplitude(2, GroundNorm.L_2).of(diagram)).isEqualTo(INF);
    assertThat(new TotalPersistence(2).of(diagram)).isEqualTo(INF);
  }

  @Test
  void wrongOrdersAreRefused() {
    assertThatThrownBy(() -> new Amplitude(0.5, GroundNorm.L_2)).hasMessageContaining("0.5");
    assertThatThrownBy(() -> new TotalPersistence(0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> new TotalPersistence(INF)).hasMessageContaining("Infinity");
  }
}
