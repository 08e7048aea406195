package topolip.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import topolip.dataset.DatasetException;
import topolip.homology.PersistenceDiagram;

/// Persistence diagrams in a file, by degree.
///
/// Rows of numbers are `degree,birth,death`, or `birth,death` of one degree that is given, or
/// `field degree birth death` as GUDHI's programs write them; a negative degree −k − 1 marks an
/// essential class of degree k, as in DIPHA. Ripser's output is read as it is.
final class DiagramFile {
  private static final int LARGEST_DEGREE = 1000;
  private static final Pattern RIPSER_DEGREE =
      Pattern.compile("persistence intervals in dim (\\d+):");
  private static final Pattern RIPSER_INTERVAL = Pattern.compile("\\[([^,]+),([^)]*)\\).*");

  private final Path file;
  private final int unnamed;
  private final Map<Integer, List<double[]>> intervals = new TreeMap<>();

  private DiagramFile(Path file, int unnamed) {
    this.file = file;
    this.unnamed = unnamed;
  }

  /// @param unnamed the degree of rows that do not name theirs
  static Map<Integer, PersistenceDiagram> read(Path file, int unnamed) throws IOException {
    DiagramFile diagrams = new DiagramFile(file, unnamed);
    List<String> lines = file.toString().endsWith(".npy") ? List.of() : lines(file);
    if (lines.stream().anyMatch(line -> RIPSER_DEGREE.matcher(line.strip()).matches())) {
      diagrams.addRipser(lines);
    } else if (!lines.isEmpty() && lines.getFirst().startsWith("degree,birth,death,")) {
      diagrams.addAll(NumberFile.parse(file, lines.stream().map(DiagramFile::firstThree).toList()));
    } else {
      diagrams.addAll(NumberFile.readAny(file));
    }
    return diagrams.diagrams();
  }

  private static List<String> lines(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new DatasetException(file, "is a folder; expected a diagram");
    }
    try {
      return Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new DatasetException(file, "is no text of numbers", e);
    }
  }

  /// The interval of a row with representatives.
  private static String firstThree(String line) {
    String[] cells = line.split(",", 4);
    return cells.length < 4 ? line : cells[0] + "," + cells[1] + "," + cells[2];
  }

  private void addAll(double[][] rows) throws IOException {
    for (double[] row : rows) {
      switch (row.length) {
        case 2 -> add(unnamed, row[0], row[1]);
        case 3 -> add(row[0], row[1], row[2]);
        case 4 -> add(row[1], row[2], row[3]);
        default -> throw notIntervals();
      }
    }
  }

  private DatasetException notIntervals() {
    return new DatasetException(
        file, "has a row that is neither degree,birth,death nor birth,death");
  }

  private void add(double degree, double birth, double death) throws IOException {
    if (degree != Math.rint(degree) || !(Math.abs(degree) < LARGEST_DEGREE)) {
      throw notIntervals();
    }
    boolean essential = degree < 0;
    intervals
        .computeIfAbsent((int) (essential ? -degree - 1 : degree), _ -> new ArrayList<>())
        .add(new double[] {birth, essential ? Double.POSITIVE_INFINITY : death});
  }

  private void addRipser(List<String> lines) throws IOException {
    int degree = -1;
    for (int n = 0; n < lines.size(); n++) {
      String line = lines.get(n).strip();
      Matcher title = RIPSER_DEGREE.matcher(line);
      Matcher interval = RIPSER_INTERVAL.matcher(line);
      if (title.matches()) {
        degree = Integer.parseInt(title.group(1));
      } else if (degree >= 0 && line.startsWith("[")) {
        if (!interval.matches()) {
          throw new DatasetException(file, notRipser(n + 1, line));
        }
        try {
          String end = interval.group(2).strip();
          add(
              degree,
              Double.parseDouble(interval.group(1)),
              end.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(end));
        } catch (NumberFormatException e) {
          throw new DatasetException(file, notRipser(n + 1, line), e);
        }
      }
    }
  }

  private static String notRipser(int line, String text) {
    return "line %d is no interval of Ripser: %s".formatted(line, text);
  }

  private Map<Integer, PersistenceDiagram> diagrams() throws IOException {
    Map<Integer, PersistenceDiagram> diagrams = new TreeMap<>();
    for (Map.Entry<Integer, List<double[]>> entry : intervals.entrySet()) {
      double[] births = entry.getValue().stream().mapToDouble(row -> row[0]).toArray();
      double[] deaths = entry.getValue().stream().mapToDouble(row -> row[1]).toArray();
      try {
        diagrams.put(entry.getKey(), PersistenceDiagram.of(entry.getKey(), births, deaths));
      } catch (IllegalArgumentException e) {
        throw new DatasetException(file, String.valueOf(e.getMessage()), e);
      }
    }
    return diagrams;
  }
}
