package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static topolip.diagram.RandomDiagrams.points;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.homology.PersistenceDiagram;

class FrechetMeanTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void meanOfTwoNearPointsIsTheirMiddle() {
    FrechetMean mean = FrechetMean.of(List.of(points(0, 10), points(1, 13)));
    assertThat(mean.diagram()).isEqualTo(points(0.5, 11.5));
    // Half of W_2² = 1 + 9 to each.
    assertThat(mean.variance()).isCloseTo(10 / 4.0, within(1e-14));
  }

  @Test
  void diagonalStandsForMissingPoints() {
    FrechetMean mean = FrechetMean.of(List.of(points(0, 6), points(), points(0, 6)));
    assertThat(mean.diagram()).isEqualTo(points(1, 5));
    // Of the points, both ends are moved by 1; of the empty diagram, half persistence is 2.
    assertThat(mean.variance()).isCloseTo((2 + 8 + 2) / 3.0, within(1e-14));
  }

  @Test
  void equalDiagramsAreTheirOwnMean() {
    PersistenceDiagram diagram = GudhiSummaries.diagram();
    FrechetMean mean = FrechetMean.of(List.of(diagram, diagram, diagram));
    assertThat(mean).isEqualTo(new FrechetMean(diagram, 0, 0));
    assertThat(FrechetMean.of(List.of(points(), points())).diagram().size()).isZero();
  }

  /// F from its definition, over all matchings.
  private static double energy(PersistenceDiagram mean, List<PersistenceDiagram> diagrams) {
    return diagrams.stream()
        .mapToDouble(d -> Math.pow(new AllMatchings(mean, d, 2, 2).distance(), 2))
        .average()
        .orElseThrow();
  }

  @Test
  void varianceIsTheLeastAmongSmallMoves() {
    RandomDiagrams random = new RandomDiagrams(11);
    for (int round = 0; round < 60; round++) {
      List<PersistenceDiagram> diagrams =
          IntStream.range(0, 4).mapToObj(_ -> random.next(4, 0)).toList();
      FrechetMean mean = FrechetMean.of(diagrams);
      PersistenceDiagram found = mean.diagram();
      if (found.size() > 6) {
        continue;
      }
      assertThat(mean.variance()).isCloseTo(energy(found, diagrams), within(1e-13));
      for (PersistenceDiagram diagram : diagrams) {
        assertThat(mean.variance()).isLessThanOrEqualTo(energy(diagram, diagrams) + 1e-14);
      }
      for (int move = 0; move < 10; move++) {
        assertThat(energy(moved(found, random), diagrams))
            .isGreaterThanOrEqualTo(mean.variance() - 1e-14);
      }
    }
  }

  private static PersistenceDiagram moved(PersistenceDiagram diagram, RandomDiagrams random) {
    double[] births = new double[diagram.size()];
    double[] deaths = new double[diagram.size()];
    for (int i = 0; i < births.length; i++) {
      double near = 1e-5 * (diagram.death(i) - diagram.birth(i));
      births[i] = diagram.birth(i) + near * (random.nextDouble() - 0.5);
      deaths[i] = diagram.death(i) + near * (random.nextDouble() - 0.5);
    }
    return PersistenceDiagram.of(diagram.degree(), births, deaths);
  }

  @Test
  void startDecidesWhichLocalMinimumIsFound() {
    // Matching the points across costs as much as along: two means, both of variance 1 + 1.
    List<PersistenceDiagram> diagrams = List.of(points(0, 10, 2, 12), points(0, 12, 2, 10));
    FrechetMean along = FrechetMean.of(diagrams, points(0, 11, 2, 11));
    FrechetMean across = FrechetMean.of(diagrams, points(1, 10, 1, 12));
    assertThat(along.diagram()).isEqualTo(points(0, 11, 2, 11));
    assertThat(across.diagram()).isEqualTo(points(1, 10, 1, 12));
    assertThat(along.variance()).isCloseTo(2, within(1e-14));
    assertThat(across.variance()).isCloseTo(2, within(1e-14));
  }

  @Test
  void meanIsInTheUnitOfTheDiagrams() {
    RandomDiagrams random = new RandomDiagrams(12);
    List<PersistenceDiagram> diagrams =
        IntStream.range(0, 3).mapToObj(_ -> random.next(10, 0)).toList();
    FrechetMean mean = FrechetMean.of(diagrams);
    FrechetMean scaled = FrechetMean.of(diagrams.stream().map(d -> d.scaled(0x1p20)).toList());
    assertThat(scaled.diagram()).isEqualTo(mean.diagram().scaled(0x1p20));
  }

  @Test
  void birthsOfEssentialClassesAreAveragedInOrder() {
    PersistenceDiagram a = PersistenceDiagram.of(0, new double[] {0, 4}, new double[] {INF, INF});
    PersistenceDiagram b =
        PersistenceDiagram.of(0, new double[] {6, 1, 0}, new double[] {INF, INF, 0.0});
    assertThat(FrechetMean.of(List.of(a, b)).diagram())
        .isEqualTo(PersistenceDiagram.of(0, new double[] {0.5, 5}, new double[] {INF, INF}));
  }

  @Test
  void diagramsThatHaveNoMeanAreRefused() {
    PersistenceDiagram essential = PersistenceDiagram.of(1, new double[] {0}, new double[] {INF});
    assertThatThrownBy(() -> FrechetMean.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FrechetMean.of(List.of(points(0, 1), essential)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("diagrams with 0 and 1 essential classes have no mean");
    PersistenceDiagram other = PersistenceDiagram.of(2, new double[0], new double[0]);
    assertThatThrownBy(() -> FrechetMean.of(List.of(points(0, 1), other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("degrees 1 and 2");
  }
}
