package topolip.diagram;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import topolip.homology.PersistenceDiagram;

/// Expected values from `gudhi_summaries.csv`, whose header says how they were made.
final class GudhiSummaries {
  private static final Map<String, double[]> VALUES = read();

  private GudhiSummaries() {}

  static double[] values(String name) {
    return Objects.requireNonNull(VALUES.get(name), name);
  }

  static boolean has(String name) {
    return VALUES.containsKey(name);
  }

  static PersistenceDiagram diagram() {
    return PersistenceDiagram.of(1, values("births"), values("deaths"));
  }

  private static Map<String, double[]> read() {
    try (InputStream file =
        Objects.requireNonNull(GudhiSummaries.class.getResourceAsStream("gudhi_summaries.csv"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", -1))
          .collect(
              Collectors.toMap(
                  row -> row[0],
                  row -> Arrays.stream(row).skip(1).mapToDouble(Double::parseDouble).toArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
