package topolip.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import topolip.profile.RunFiles;
import topolip.profile.RunResult;

/// A run as read from its folder.
///
/// @param intervals of the diagrams, by model and layer
record RunData(RunResult result, Map<LayerKey, List<Interval>> intervals) {

  /// @param layer the tap's index
  record LayerKey(String model, int layer) {}

  /// @param death `+∞` for an essential class
  record Interval(int degree, double birth, double death) {}

  /// @throws IOException if a file is missing or damaged; the message names it, and the line
  static RunData read(Path folder) throws IOException {
    RunResult result = RunFiles.read(folder);
    Path file = folder.resolve(RunFiles.DIAGRAMS);
    if (!Files.isRegularFile(file)) {
      throw new IOException(folder + " is no whole run: it has no " + RunFiles.DIAGRAMS);
    }
    Map<LayerKey, List<Interval>> intervals = new HashMap<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        intervals.computeIfAbsent(key(file, row), _ -> new ArrayList<>()).add(interval(file, row));
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw new IOException(file + ": not a CSV file: " + e.getMessage(), e);
    }
    return new RunData(result, intervals);
  }

  private static LayerKey key(Path file, NamedCsvRecord row) throws IOException {
    try {
      return new LayerKey(row.getField("model"), Integer.parseInt(row.getField("layer")));
    } catch (RuntimeException e) {
      throw damaged(file, row, e);
    }
  }

  private static Interval interval(Path file, NamedCsvRecord row) throws IOException {
    try {
      String death = row.getField("death");
      return new Interval(
          Integer.parseInt(row.getField("degree")),
          Double.parseDouble(row.getField("birth")),
          death.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(death));
    } catch (RuntimeException e) {
      throw damaged(file, row, e);
    }
  }

  private static IOException damaged(Path file, NamedCsvRecord row, RuntimeException cause) {
    return new IOException(
        "%s, line %d: expected model,layer,degree,birth,death: %s"
            .formatted(file, row.getStartingLineNumber(), cause.getMessage()),
        cause);
  }
}
