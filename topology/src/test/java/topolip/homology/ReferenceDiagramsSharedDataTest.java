package topolip.homology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;

/// Diagrams against Ripser's (compiled in double precision), for every reference.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class ReferenceDiagramsSharedDataTest {
  /// Ripser's distances were computed by another program: sums of squares in another order.
  private static final double RELATIVE = 1e-9;

  private static final Pattern NAME =
      Pattern.compile("(.+?)\\.dim(\\d+)(?:\\.thr([0-9.]+?))?(?:\\.mod(\\d+))?\\.csv");

  private final Path folder =
      Path.of(System.getProperty("topolip.shared", "")).resolve("reference/homology");

  @Test
  void equalsRipser() throws IOException {
    List<String> compared = new ArrayList<>();
    List<Path> references;
    try (var files = Files.list(folder.resolve("rips"))) {
      references = files.sorted().toList();
    }
    for (Path reference : references) {
      Matcher name = NAME.matcher(reference.getFileName().toString());
      assertThat(name.matches()).as(reference.toString()).isTrue();
      int prime = name.group(4) == null ? 2 : Integer.parseInt(name.group(4));
      int maxDegree = Integer.parseInt(name.group(2));
      double threshold =
          name.group(3) == null ? Double.POSITIVE_INFINITY : Double.parseDouble(name.group(3));
      DistanceMatrix distances = distances(name.group(1));
      List<PersistenceDiagram> diagrams =
          VietorisRips.upTo(maxDegree)
              .withThreshold(threshold)
              .withPrime(prime)
              .withThreads(2)
              .diagrams(distances);
      assertEqual(diagrams, Files.readAllLines(reference), reference.toString());
      compared.add(name.group());
    }
    System.out.printf("Ripser: %d diagram files agree%n", compared.size());
    assertThat(compared).hasSizeGreaterThanOrEqualTo(22);
  }

  /// Radii by brute force in double precision.
  @Test
  void equalsBruteForceForCech() throws IOException {
    int compared = 0;
    try (var files = Files.list(folder.resolve("cech"))) {
      for (Path reference : files.filter(f -> f.toString().endsWith(".diagram.csv")).toList()) {
        Path points = Path.of(reference.toString().replace(".diagram.", ".points."));
        List<String> lines = Files.readAllLines(reference);
        int maxDegree =
            lines.stream()
                .filter(line -> !line.startsWith("#"))
                .mapToInt(line -> Integer.parseInt(line.substring(0, 1)))
                .max()
                .orElseThrow();
        List<PersistenceDiagram> diagrams =
            Cech.upTo(maxDegree).withThreads(2).diagrams(PointCloud.of(rows(points)).distances(1));
        assertEqual(
            diagrams,
            lines.stream().filter(line -> isInterval(line)).toList(),
            reference.toString());
        compared++;
      }
    }
    System.out.printf("Čech: %d diagram files agree%n", compared);
    assertThat(compared).isGreaterThanOrEqualTo(7);
  }

  /// References keep intervals of length zero, some of which rounding made longer.
  private static boolean isInterval(String line) {
    String[] cells = line.split(",", -1);
    return !line.startsWith("#") && value(cells[2]) - value(cells[1]) > 1e-12;
  }

  private DistanceMatrix distances(String name) throws IOException {
    Path inputs = folder.resolve("inputs");
    if (Files.exists(inputs.resolve(name + ".distance.csv"))) {
      return DistanceMatrix.of(rows(inputs.resolve(name + ".distance.csv")));
    }
    if (Files.exists(inputs.resolve(name + ".lower.csv"))) {
      double[][] rows = rows(inputs.resolve(name + ".lower.csv"));
      double[] lower = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
      return DistanceMatrix.wrap(rows.length + 1, lower);
    }
    if (Files.exists(inputs.resolve(name + ".f32.npy"))) {
      return floats(inputs.resolve(name + ".f32.npy"), 500, 512).distances(2);
    }
    return PointCloud.of(rows(inputs.resolve(name + ".csv"))).distances(2);
  }

  /// The values of a NumPy file of known shape: they stand at its end.
  private static PointCloud floats(Path file, int size, int dimension) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int values = Float.BYTES * size * dimension;
    MemorySegment all = MemorySegment.ofArray(bytes);
    return PointCloud.wrapFloats(all.asSlice(bytes.length - values, values), size, dimension);
  }

  private static double[][] rows(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line ->
            Pattern.compile("[,\\s]+")
                .splitAsStream(line.strip())
                .mapToDouble(Double::parseDouble)
                .toArray())
        .toArray(double[][]::new);
  }

  private static void assertEqual(
      List<PersistenceDiagram> diagrams, List<String> lines, String file) {
    int expected = 0;
    for (PersistenceDiagram diagram : diagrams) {
      List<String[]> rows =
          lines.stream()
              .map(line -> line.split(",", -1))
              .filter(cells -> !cells[0].startsWith("#"))
              .filter(cells -> cells[0].equals(Integer.toString(diagram.degree())))
              .toList();
      double[] births = rows.stream().mapToDouble(cells -> value(cells[1])).toArray();
      double[] deaths = rows.stream().mapToDouble(cells -> value(cells[2])).toArray();
      PersistenceDiagram reference = PersistenceDiagram.of(diagram.degree(), births, deaths);
      assertThat(diagram.size()).as(file + " degree " + diagram.degree()).isEqualTo(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        assertClose(diagram.birth(i), reference.birth(i), file);
        assertClose(diagram.death(i), reference.death(i), file);
      }
      expected += rows.size();
    }
    assertThat(expected).as(file).isPositive();
  }

  private static double value(String cell) {
    return cell.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(cell);
  }

  private static void assertClose(double actual, double expected, String file) {
    if (actual != expected) {
      assertThat(Math.abs(actual - expected))
          .as("%s: %s against %s", file, actual, expected)
          .isLessThanOrEqualTo(RELATIVE * Math.abs(expected));
    }
  }
}
