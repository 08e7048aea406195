package topolip.geometry;

/// The pairwise distances of n points: symmetric, zero diagonal.
public final class DistanceMatrix {
  private final int size;
  private final double[] lower;

  private DistanceMatrix(int size, double[] lower) {
    this.size = size;
    this.lower = lower;
  }

  /// Takes over the strict lower triangle, row by row.
  public static DistanceMatrix wrap(int size, double[] lower) {
    return new DistanceMatrix(size, lower);
  }

  public int size() {
    return size;
  }

  public double distance(int i, int j) {
    if (i == j) {
      return 0;
    }
    return i > j ? lower[i * (i - 1) / 2 + j] : lower[j * (j - 1) / 2 + i];
  }

  public double median() {
    return 0;
  }

  public DistanceMatrix subset(int... indices) {
    return new DistanceMatrix(indices.length, lower);
  }
}
