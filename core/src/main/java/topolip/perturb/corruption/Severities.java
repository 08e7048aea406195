package topolip.perturb.corruption;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// The published parameters of corruptions, by image size and severity.
public final class Severities {
  /// The number of severities, 1 to 5.
  public static final int COUNT = 5;

  private static final Map<Key, double[]> TABLE = read();

  private Severities() {}

  private record Key(int size, Corruption corruption, int severity) {}

  private static Map<Key, double[]> read() {
    Map<Key, double[]> table = new HashMap<>();
    InputStream resource =
        Objects.requireNonNull(Severities.class.getResourceAsStream("severities.csv"));
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.SKIP)
            .ofNamedCsvRecord(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (NamedCsvRecord row : csv) {
        Key key =
            new Key(
                Integer.parseInt(row.getField("size")),
                Corruption.parse(row.getField("corruption")),
                Integer.parseInt(row.getField("severity")));
        table.put(
            key,
            Arrays.stream(row.getField("parameters").split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray());
      }
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The sides of images for which there are parameters, in pixels.
  public static List<Integer> sizes() {
    TreeSet<Integer> sizes = new TreeSet<>();
    TABLE.keySet().forEach(key -> sizes.add(key.size()));
    return List.copyOf(sizes);
  }

  /// The parameters, in the order of the published programs. Drawn frost has those of frost.
  ///
  /// @throws IllegalArgumentException if there are none for this size and severity
  static double[] parameters(int size, Corruption corruption, int severity) {
    Corruption published =
        corruption == Corruption.PROCEDURAL_FROST ? Corruption.FROST : corruption;
    double[] parameters = TABLE.get(new Key(size, published, severity));
    if (parameters == null) {
      throw new IllegalArgumentException(
          "severities 1 to %d are defined for images of %s pixels, not severity %d for %d"
              .formatted(COUNT, sizes(), severity, size));
    }
    return parameters.clone();
  }
}
