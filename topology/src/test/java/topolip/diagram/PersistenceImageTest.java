package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static topolip.diagram.RandomDiagrams.points;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import topolip.homology.PersistenceDiagram;

class PersistenceImageTest {

  @Test
  void pixelsSumToTheWeightsIfTheImageHoldsEverything() {
    PersistenceImage method =
        new PersistenceImage(new Grid(-10, 10, 41), new Grid(-10, 10, 31), 0.5, (b, p) -> 1 + b);
    double[] image = method.of(points(0, 1, 0.5, 2));
    assertThat(image).hasSize(40 * 30);
    assertThat(Arrays.stream(image).sum()).isCloseTo(1 + 1.5, within(1e-14));
  }

  @Test
  void rowsArePersistencesAndColumnsBirths() {
    PersistenceImage method = new PersistenceImage(new Grid(0, 3, 4), new Grid(0, 2, 3), 0.01);
    double[] image = method.of(points(2.5, 4));
    double[] expected = new double[6];
    expected[1 * method.columns() + 2] = 1.5;
    assertThat(image).containsExactly(expected, within(1e-15));
    assertThat(method.rows()).isEqualTo(2);
  }

  @Test
  void edgesThroughTheMeanHalveTheMass() {
    double[] image =
        new PersistenceImage(new Grid(0, 2, 3), new Grid(-9, 11, 2), 0.1).of(points(1, 2));
    assertThat(image).containsExactly(new double[] {0.5, 0.5}, within(1e-16));
  }

  @Test
  void farTailsKeepTheirDigits() {
    double[] image =
        new PersistenceImage(new Grid(10, 12, 3), new Grid(-9, 11, 2), 1).of(points(0, 1));
    // Tails beyond 10, 11 and 12 by the C library's erfc.
    assertThat(image[0] / (7.61985302416047e-24 - 1.91065957449868e-28))
        .isCloseTo(1, within(1e-13));
    assertThat(image[1] / (1.91065957449868e-28 - 1.77648211207768e-33))
        .isCloseTo(1, within(1e-13));
  }

  /// With w(p) = p on p ≤ 1, |∇w| = 1 and max w = 1.
  @Test
  void imagesAreAsStableAsTheTheoremSays() {
    RandomDiagrams random = new RandomDiagrams(10);
    double sigma = 0.3;
    PersistenceImage method = new PersistenceImage(new Grid(-3, 4, 36), new Grid(-2, 3, 26), sigma);
    double constant = Math.sqrt(5) + Math.sqrt(10 / Math.PI) / sigma;
    for (int round = 0; round < 50; round++) {
      PersistenceDiagram a = random.next(5, 0);
      PersistenceDiagram b = random.next(5, 0);
      double[] image = method.of(a);
      double[] other = method.of(b);
      double difference = 0;
      for (int i = 0; i < image.length; i++) {
        difference += Math.abs(image[i] - other[i]);
      }
      assertThat(difference)
          .isLessThanOrEqualTo(
              constant * new AllMatchings(a, b, 1, Double.POSITIVE_INFINITY).distance() + 1e-12);
    }
  }

  @Test
  void wrongCallsAreRefused() {
    Grid grid = new Grid(0, 1, 3);
    assertThatThrownBy(() -> new PersistenceImage(grid, grid, 0)).hasMessageContaining("0.0");
    PersistenceImage infinite = new PersistenceImage(grid, grid, 1, (b, p) -> 1 / b);
    assertThatThrownBy(() -> infinite.of(points(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Infinity");
    PersistenceDiagram essential =
        PersistenceDiagram.of(1, new double[] {0}, new double[] {Double.POSITIVE_INFINITY});
    assertThatThrownBy(() -> new PersistenceImage(grid, grid, 1).of(essential))
        .hasMessageContaining("a persistence image needs finite");
  }
}
