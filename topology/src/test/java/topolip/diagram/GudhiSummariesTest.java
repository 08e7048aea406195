package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topolip.homology.PersistenceDiagram;

/// Summaries against GUDHI's, with the relations that their documentation states.
class GudhiSummariesTest {
  private static final Offset<Double> ROUNDING = within(1e-14);
  private static final Grid GRID = new Grid(0, 4, 33);

  private final PersistenceDiagram diagram = GudhiSummaries.diagram();

  private static double[] times(double factor, double[] values) {
    return Arrays.stream(values).map(v -> factor * v).toArray();
  }

  @Test
  void landscapeTimesRootTwoIsGudhis() {
    assertThat(times(Math.sqrt(2), Landscape.of(diagram, 4).sample(4, GRID)))
        .containsExactly(GudhiSummaries.values("landscape"), ROUNDING);
    assertThat(times(Math.sqrt(2), Landscape.of(diagram).sample(25, GRID)))
        .containsExactly(GudhiSummaries.values("landscape of all levels"), ROUNDING);
  }

  @Test
  void silhouetteTimesRootTwoIsGudhis() {
    double[] plain = GRID.sample(new Silhouette(0).of(diagram)::at);
    assertThat(times(Math.sqrt(2), plain))
        .containsExactly(GudhiSummaries.values("silhouette"), ROUNDING);
    double[] squared = GRID.sample(new Silhouette(2).of(diagram)::at);
    assertThat(times(Math.sqrt(2), squared))
        .containsExactly(GudhiSummaries.values("silhouette of power 2"), ROUNDING);
  }

  @Test
  void bettiCurveIsGudhisWithBirthsAndDeathsOnTheGrid() {
    assertThat(GRID.sample(BettiCurve.of(diagram)::at))
        .containsExactly(GudhiSummaries.values("betti"));
  }

  @Test
  void entropyIsGudhis() {
    assertThat(Entropy.of(diagram)).isCloseTo(GudhiSummaries.values("entropy")[0], ROUNDING);
    double[] curve = GRID.sample(Entropy.curve(diagram)::at);
    assertThat(curve).containsExactly(GudhiSummaries.values("entropy curve"), ROUNDING);
    assertThat(times(1 / Arrays.stream(curve).sum(), curve))
        .containsExactly(GudhiSummaries.values("entropy curve normalized"), ROUNDING);
  }

  /// GUDHI's values are the density at the grid points; our pixels are its integrals, here by
  /// quadrature of the density that equals GUDHI's.
  @Test
  void pixelsIntegrateTheDensityThatGudhiEvaluates() {
    double[] atPoints = GudhiSummaries.values("image");
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 7; column++) {
        assertThat(density(column / 2.0, row / 2.0))
            .isCloseTo(atPoints[row * 7 + column], within(1e-13));
      }
    }
    double[] image = new PersistenceImage(new Grid(0, 3, 7), new Grid(0, 2, 5), 0.3).of(diagram);
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 6; column++) {
        double y0 = row / 2.0;
        double x0 = column / 2.0;
        double expected =
            Quadrature.integral(
                y -> Quadrature.integral(x -> density(x, y), x0, x0 + 0.5, 8), y0, y0 + 0.5, 8);
        assertThat(image[row * 6 + column]).isCloseTo(expected, within(1e-12));
      }
    }
  }

  private double density(double x, double y) {
    double total = 0;
    for (int i = 0; i < diagram.size(); i++) {
      double persistence = diagram.death(i) - diagram.birth(i);
      double u = (x - diagram.birth(i)) / 0.3;
      double v = (y - persistence) / 0.3;
      total += persistence * Math.exp(-(u * u + v * v) / 2) / (2 * Math.PI * 0.3 * 0.3);
    }
    return total;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void frechetMeanFromTheFirstDiagramIsGudhis(int number) {
    String mean = "mean %d ".formatted(number);
    List<PersistenceDiagram> diagrams = new ArrayList<>();
    for (int i = 0; GudhiSummaries.has(mean + "births " + i); i++) {
      diagrams.add(
          PersistenceDiagram.of(
              1,
              GudhiSummaries.values(mean + "births " + i),
              GudhiSummaries.values(mean + "deaths " + i)));
    }
    FrechetMean actual = FrechetMean.of(diagrams, diagrams.getFirst());
    double[] births = GudhiSummaries.values(mean + "births");
    assertThat(actual.diagram().size()).isEqualTo(births.length);
    for (int i = 0; i < births.length; i++) {
      assertThat(actual.diagram().birth(i)).isCloseTo(births[i], ROUNDING);
      assertThat(actual.diagram().death(i))
          .isCloseTo(GudhiSummaries.values(mean + "deaths")[i], ROUNDING);
    }
    assertThat(actual.variance()).isCloseTo(GudhiSummaries.values(mean + "variance")[0], ROUNDING);
    assertThat(actual.iterations()).isPositive();
  }

  @Test
  void normalTailIsThatOfTheCLibrary() {
    double[] z = GudhiSummaries.values("z");
    double[] tail = GudhiSummaries.values("tail");
    for (int i = 0; i < z.length; i++) {
      assertThat(NormalTail.beyond(z[i])).isCloseTo(tail[i], within(3e-16));
      if (z[i] >= 4 && tail[i] > Double.MIN_NORMAL) {
        assertThat(NormalTail.beyond(z[i]) / tail[i]).isCloseTo(1, within(2e-13));
      }
    }
  }
}
