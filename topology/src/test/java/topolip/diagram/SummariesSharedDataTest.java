package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import topolip.homology.PersistenceDiagram;

/// Summaries of the degree 1 of an activation-like cloud against GUDHI's reference vectors.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class SummariesSharedDataTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("topolip.shared", "")).resolve("reference");

  private static PersistenceDiagram diagram =
      PersistenceDiagram.of(1, new double[0], new double[0]);
  private static String reference = "";

  @BeforeAll
  static void read() throws IOException {
    reference = Files.readString(FOLDER.resolve("vectors/relu200_H1_gudhi3.7.1.json"));
    List<String[]> intervals =
        Files.readAllLines(FOLDER.resolve("homology/rips/relu_200_512.dim1.csv")).stream()
            .map(line -> line.split(",", -1))
            .filter(row -> row[0].equals("1"))
            .toList();
    diagram =
        PersistenceDiagram.of(
            1,
            intervals.stream().mapToDouble(row -> Double.parseDouble(row[1])).toArray(),
            intervals.stream().mapToDouble(row -> Double.parseDouble(row[2])).toArray());
    assertThat(diagram.size()).isGreaterThan(50);
  }

  private static double[] values(String key) {
    Matcher array = Pattern.compile('"' + key + "\":\\s*\\[([^\\]]*)\\]").matcher(reference);
    assertThat(array.find()).as(key).isTrue();
    return Arrays.stream(array.group(1).split(",", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static Grid grid() {
    double[] range = values("sample_range");
    return new Grid(range[0], range[1], 20);
  }

  @Test
  void bettiCurveAndEntropyEqualTheReferences() {
    assertThat(grid().sample(BettiCurve.of(diagram)::at)).containsExactly(values("BettiCurve"));
    assertThat(Entropy.of(diagram)).isCloseTo(values("Entropy_scalar")[0], within(1e-13));
  }

  /// GUDHI finds the place of a death on the grid by a division, here 19.000000000000007 for the
  /// last value of the grid, which it therefore counts as before the death.
  @Test
  void entropyCurveEqualsTheReferenceButForItsRoundingAtTheLastDeath() {
    StepFunction function = Entropy.curve(diagram);
    double[] curve = grid().sample(function::at);
    assertThat(curve[19]).isZero();
    curve[19] = function.at(Math.nextDown(grid().end()));
    double total = Arrays.stream(curve).sum();
    assertThat(Arrays.stream(curve).map(v -> v / total).toArray())
        .containsExactly(values("Entropy_vector_normalized"), within(1e-14));
  }

  @Test
  void landscapeAndSilhouetteTimesRootTwoEqualTheReferences() {
    assertThat(
            Arrays.stream(Landscape.of(diagram, 5).sample(5, grid()))
                .map(v -> Math.sqrt(2) * v)
                .toArray())
        .containsExactly(values("Landscape_5"), within(1e-13));
    assertThat(
            Arrays.stream(grid().sample(new Silhouette(1).of(diagram)::at))
                .map(v -> Math.sqrt(2) * v)
                .toArray())
        .containsExactly(values("Silhouette_w=pers"), within(1e-13));
  }

  /// The reference has the density at grid points, to which small pixels around them tend.
  @Test
  void smallPixelsTendToTheReferenceImage() {
    double[] range = values("im_range");
    double[] expected = values("values");
    double half = 1e-4;
    Grid births = new Grid(range[0], range[1], 10);
    Grid persistences = new Grid(range[2], range[3], 10);
    for (int row = 0; row < 10; row++) {
      for (int column = 0; column < 10; column++) {
        double x = births.value(column);
        double y = persistences.value(row);
        double[] pixel =
            new PersistenceImage(
                    new Grid(x - half, x + half, 2), new Grid(y - half, y + half, 2), 0.5)
                .of(diagram);
        assertThat(pixel[0] / (4 * half * half))
            .isCloseTo(expected[row * 10 + column], within(1e-6));
      }
    }
  }
}
