package topolip.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table of text for the screen; columns whose cells are all numbers stand flush right.
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... header) {
    rows.add(List.of(header));
  }

  void add(String... cells) {
    rows.add(List.of(cells));
  }

  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String pad = " ".repeat(widths[c] - row.get(c).length());
      line.append(isNumeric(c) ? pad + row.get(c) : row.get(c) + pad).append("  ");
    }
    return line.toString().stripTrailing();
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> row.get(column).matches("[-+–0-9.,eE%*/]*"));
  }
}
