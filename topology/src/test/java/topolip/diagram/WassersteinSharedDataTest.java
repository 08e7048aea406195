package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import topolip.homology.PersistenceDiagram;

/// Distances against those of linear assignment and network simplex, for every reference pair.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class WassersteinSharedDataTest {
  private final Path folder =
      Path.of(System.getProperty("topolip.shared", "")).resolve("reference/distances");

  private static GroundNorm norm(String exponent) {
    return switch (exponent) {
      case "1" -> GroundNorm.L_1;
      case "2" -> GroundNorm.L_2;
      case "inf" -> GroundNorm.L_INFINITY;
      default -> throw new IllegalArgumentException("norm " + exponent);
    };
  }

  @Test
  void equalsTheExactReferences() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("exact.csv"));
    List<String> header = List.of(lines.getFirst().split(",", -1));
    int compared = 0;
    double worst = 0;
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = List.of(line.split(",", -1));
      String norm = row.get(header.indexOf("internal_p"));
      double order =
          Double.parseDouble(row.get(header.indexOf("order")).replace("inf", "Infinity"));
      boolean isBottleneck = row.get(header.indexOf("metric")).equals("bottleneck");
      double expected = Double.parseDouble(row.get(header.indexOf("value")));
      PersistenceDiagram a = diagram(row.get(header.indexOf("fileA")));
      PersistenceDiagram b = diagram(row.get(header.indexOf("fileB")));
      double actual =
          isBottleneck
              ? new Bottleneck().distance(a, b)
              : new Wasserstein(order, norm(norm)).distance(a, b);
      double error = expected == 0 ? actual : Math.abs(actual - expected) / expected;
      assertThat(error).as(line).isLessThan(1e-12);
      worst = Math.max(worst, error);
      compared++;
    }
    System.out.printf(
        "Wasserstein and bottleneck: %d exact distances agree to %.1e%n", compared, worst);
    assertThat(compared).isEqualTo(98);
  }

  /// `FILE`, `FILE H1 finite` for the finite points of one degree, or `(empty)`.
  private PersistenceDiagram diagram(String source) throws IOException {
    if (source.equals("(empty)")) {
      return PersistenceDiagram.of(1, new double[0], new double[0]);
    }
    Matcher degree = Pattern.compile("(\\S+) H(\\d) finite.*").matcher(source);
    boolean ofDegree = degree.matches();
    List<String[]> points =
        Files.readAllLines(folder.resolve(ofDegree ? degree.group(1) : source)).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split(",", -1))
            .filter(p -> !ofDegree || (p[0].equals(degree.group(2)) && !p[2].equals("inf")))
            .toList();
    int birth = ofDegree ? 1 : 0;
    return PersistenceDiagram.of(
        1,
        points.stream().mapToDouble(p -> Double.parseDouble(p[birth])).toArray(),
        points.stream().mapToDouble(p -> Double.parseDouble(p[birth + 1])).toArray());
  }
}
