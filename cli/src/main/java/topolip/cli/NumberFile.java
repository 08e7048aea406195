package topolip.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import topolip.dataset.DatasetException;
import topolip.dataset.NpyArray;

/// Rows of numbers: a text file, separated by commas or blanks, or a two-dimensional `.npy`.
///
/// In text, empty lines and lines that begin with `#` are passed over, and so is a first line that
/// does not begin with a number, as a header; OFF files of points are read, and rows that end with
/// a separator, as GUDHI writes them.
final class NumberFile {
  private static final Pattern TRAILING = Pattern.compile("\\s*[,;]$");

  private NumberFile() {}

  /// @throws IOException if something in it is no number; the message names file and line
  static double[][] read(Path file) throws IOException {
    double[][] rows = file.toString().endsWith(".npy") ? ofArray(file) : ofText(file);
    if (rows.length == 0) {
      throw new DatasetException(file, "has no rows of numbers");
    }
    return rows;
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
    List<double[]> rows = new ArrayList<>();
    for (int n = isOff(lines) ? 2 : 0; n < lines.size(); n++) {
      String line = TRAILING.matcher(lines.get(n).strip()).replaceFirst("");
      if (!line.isEmpty() && !line.startsWith("#")) {
        String[] cells = line.split("\\s*[,;\\s]\\s*", -1);
        if (!(rows.isEmpty() && isHeader(cells))) {
          rows.add(numbers(file, n + 1, cells));
        }
      }
    }
    return rows.toArray(double[][]::new);
  }

  /// Whether it begins as a list of points in the formats OFF and nOFF, and a line of their
  /// numbers.
  private static boolean isOff(List<String> lines) {
    return !lines.isEmpty() && lines.getFirst().strip().matches("n?OFF");
  }

  /// A first line of names, none of which is a number.
  private static boolean isHeader(String[] cells) {
    return Arrays.stream(cells)
        .allMatch(cell -> cell.matches("[A-Za-z_].*") && !cell.matches("(?i)nan|inf(inity)?"));
  }

  private static double[] numbers(Path file, int line, String[] cells) throws DatasetException {
    try {
      return Arrays.stream(cells).mapToDouble(NumberFile::number).toArray();
    } catch (NumberFormatException e) {
      throw new DatasetException(
          file,
          "line %d: %s".formatted(line, String.valueOf(e.getMessage()).replace('\n', ' ')),
          e);
    }
  }

  private static double number(String cell) {
    return cell.matches("(?i)inf(inity)?") ? Double.POSITIVE_INFINITY : Double.parseDouble(cell);
  }
}
