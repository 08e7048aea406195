package topolip.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import topolip.dataset.DatasetException;
import topolip.dataset.NpyArray;

/// Rows of numbers: a text file, separated by commas or blanks, or a two-dimensional `.npy`.
///
/// In text, empty lines and lines that begin with `#` are passed over, and so is a first line that
/// does not begin with a number, as a header; OFF files of points are read, and rows that end with
/// a separator, as GUDHI writes them.
final class NumberFile {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?((\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|(?i:nan|inf|infinity))");
  private static final Pattern TRAILING = Pattern.compile("\\s*[,;]$");

  private NumberFile() {}

  /// @throws IOException if something in it is no number, or there is nothing; the message names
  ///   file and line
  static double[][] read(Path file) throws IOException {
    double[][] rows = readAny(file);
    if (rows.length == 0) {
      throw new DatasetException(file, "has no rows of numbers");
    }
    return rows;
  }

  /// The same of a file in which there may be nothing.
  static double[][] readAny(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new DatasetException(file, "is a folder; expected a file of numbers");
    }
    return file.toString().endsWith(".npy") ? ofArray(file) : ofText(file);
  }

  private static double[][] ofArray(Path file) throws IOException {
    try (NpyArray array = NpyArray.open(file)) {
      if (array.shape().size() != 2) {
        throw new DatasetException(
            file, "has shape %s; expected two axes".formatted(array.shape()));
      }
      int size = Math.toIntExact(array.shape().getFirst());
      int dimension = Math.toIntExact(array.shape().getLast());
      double[][] rows = new double[size][dimension];
      for (int i = 0; i < size; i++) {
        for (int k = 0; k < dimension; k++) {
          rows[i][k] = array.get((long) i * dimension + k);
        }
      }
      return rows;
    }
  }

  private static double[][] ofText(Path file) throws IOException {
    try {
      return parse(file, Files.readAllLines(file));
    } catch (MalformedInputException e) {
      throw new DatasetException(file, "is no text of numbers", e);
    }
  }

  /// The rows of numbers in lines of a file.
  static double[][] parse(Path file, List<String> lines) throws DatasetException {
    List<Line> rows = new ArrayList<>();
    for (int n = 0; n < lines.size(); n++) {
      String text = lines.get(n).replace("\uFEFF", "").strip();
      String line = TRAILING.matcher(text).replaceFirst("");
      if (!line.isEmpty() && !line.startsWith("#")) {
        rows.add(new Line(n + 1, List.of(line.split("\\s*[,;\\s]\\s*", -1))));
      }
    }
    if (!rows.isEmpty() && rows.getFirst().cells().getFirst().matches("n?OFF")) {
      rows = pointsOfOff(file, rows);
    } else if (!rows.isEmpty() && isHeader(rows.getFirst().cells())) {
      rows = rows.subList(1, rows.size());
    }
    double[][] numbers = new double[rows.size()][];
    for (int r = 0; r < numbers.length; r++) {
      numbers[r] = numbers(file, rows.get(r));
    }
    return numbers;
  }

  /// The words of a line, and its place in the file.
  private record Line(int number, List<String> cells) {}

  /// OFF has the numbers of points, faces and edges in or behind its first line, nOFF the dimension
  /// before them; then come the points, a line each. Faces are passed over.
  private static List<Line> pointsOfOff(Path file, List<Line> lines) throws DatasetException {
    boolean named = lines.getFirst().cells().getFirst().equals("nOFF");
    List<Double> counts = new ArrayList<>();
    int next = 0;
    while (counts.size() < (named ? 4 : 3) && next < lines.size()) {
      Line line = lines.get(next);
      Line rest =
          next == 0 ? new Line(line.number(), line.cells().subList(1, line.cells().size())) : line;
      Arrays.stream(numbers(file, rest)).forEach(counts::add);
      next++;
    }
    int place = named ? 1 : 0;
    if (counts.size() != place + 3 || !(counts.get(place) <= lines.size() - next)) {
      throw new DatasetException(
          file,
          "is no whole OFF file: it announces %s, and %d lines follow"
              .formatted(counts, lines.size() - next));
    }
    return lines.subList(next, next + counts.get(place).intValue());
  }

  /// A first line of names, none of which is a number.
  private static boolean isHeader(List<String> cells) {
    return cells.stream()
        .allMatch(cell -> cell.matches("[A-Za-z_].*") && !cell.matches("(?i)nan|inf(inity)?"));
  }

  private static double[] numbers(Path file, Line line) throws DatasetException {
    double[] numbers = new double[line.cells().size()];
    for (int k = 0; k < numbers.length; k++) {
      String cell = line.cells().get(k);
      if (!NUMBER.matcher(cell).matches()) {
        throw new DatasetException(
            file, "line %d: '%s' is no number".formatted(line.number(), cell));
      }
      numbers[k] = number(cell.toLowerCase(Locale.ROOT));
    }
    return numbers;
  }

  private static double number(String cell) {
    return switch (cell.replaceFirst("^[+-]", "")) {
      case "nan" -> Double.NaN;
      case "inf", "infinity" ->
          cell.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(cell);
    };
  }
}
