package topolip.diagram;

import java.util.Arrays;

/// The pairs of points that are cheaper matched than left to the diagonal.
///
/// Row i holds the points of the second diagram that point i of the first may be matched with, in
/// increasing order of saving: the cost of the pair minus that of its two diagonals, which is
/// negative.
final class CandidatePairs {
  private final int[][] columns;
  private final double[][] savings;

  CandidatePairs(Wasserstein metric, DiagramPoints a, DiagramPoints b) {
    double[] ofA = metric.diagonalCosts(a.persistences());
    double[] ofB = metric.diagonalCosts(b.persistences());
    columns = new int[a.size()][];
    savings = new double[a.size()][];
    Pair[] row = new Pair[b.size()];
    for (int i = 0; i < a.size(); i++) {
      int size = 0;
      for (int j = 0; j < b.size(); j++) {
        double births = a.births()[i] - b.births()[j];
        double deaths = a.deaths()[i] - b.deaths()[j];
        double saving = metric.power(metric.ground().of(births, deaths)) - ofA[i] - ofB[j];
        if (saving < 0) {
          row[size++] = new Pair(j, saving);
        }
      }
      Arrays.sort(row, 0, size);
      columns[i] = Arrays.stream(row, 0, size).mapToInt(Pair::column).toArray();
      savings[i] = Arrays.stream(row, 0, size).mapToDouble(Pair::saving).toArray();
    }
  }

  private record Pair(int column, double saving) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int bySaving = Double.compare(saving, other.saving);
      return bySaving != 0 ? bySaving : Integer.compare(column, other.column);
    }
  }

  /// How many candidates point i has.
  int count(int i) {
    return columns[i].length;
  }

  int column(int i, int candidate) {
    return columns[i][candidate];
  }

  double saving(int i, int candidate) {
    return savings[i][candidate];
  }

  /// The saving of matching point i with point j, which is a candidate.
  double savingOf(int i, int j) {
    for (int c = 0; c < columns[i].length; c++) {
      if (columns[i][c] == j) {
        return savings[i][c];
      }
    }
    throw new IllegalArgumentException("(%d, %d) is no candidate".formatted(i, j));
  }
}
