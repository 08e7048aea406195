package topolip.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// All pairwise distances of a cloud, tile by tile.
///
/// A tile is the distances of [#TILE] points to [#TILE] others. The coordinates of the latter are
/// transposed, a chunk of dimensions at a time, so that the innermost loop runs over points with
/// independent sums and becomes vector instructions, while each sum still adds its dimensions in
/// order, whatever the tile and the thread.
final class PairwiseDistances {
  private static final int TILE = 256;
  private static final int CHUNK = 32;

  /// Sums of squares that have neither overflown nor lost digits by underflow.
  private static final double SMALLEST = 1e-280;

  private static final double LARGEST = 1e300;

  private final PointCloud cloud;
  private final Metric metric;
  private final int size;
  private final double[] lower;

  PairwiseDistances(PointCloud cloud, Metric metric) {
    this.cloud = metric.prepared(cloud);
    this.metric = metric;
    this.size = cloud.size();
    requireMemory();
    this.lower = new double[DistanceMatrix.pairs(size)];
  }

  private void requireMemory() {
    long heap = Runtime.getRuntime().maxMemory();
    long bytes = 8L * DistanceMatrix.pairs(size);
    if (bytes > heap) {
      throw new IllegalArgumentException(
          "the distances of %,d points take %,d MiB of memory, but there are %,d; take landmarks, a"
                  .formatted(size, bytes >> 20, heap >> 20)
              + " sparse filtration, or a larger heap (-Xmx)");
    }
  }

  DistanceMatrix compute(int threads) {
    List<Callable<Boolean>> tiles = new ArrayList<>();
    for (int row = 0; row < size; row += TILE) {
      for (int column = 0; column <= row; column += TILE) {
        int i = row;
        int j = column;
        tiles.add(() -> {
          tile(i, j);
          return true;
        });
      }
    }
    new Workers(threads).all(tiles);
    return DistanceMatrix.wrap(size, lower);
  }

  /// Distances of points from `top` on to earlier points from `left` on.
  private void tile(int top, int left) {
    int rows = Math.min(TILE, size - top);
    int width = Math.min(TILE, size - left);
    double[][] sums = new double[rows][width];
    double[][] columns = new double[CHUNK][width];
    double[] row = new double[CHUNK];
    for (int k = 0; k < cloud.dimension(); k += CHUNK) {
      int count = Math.min(CHUNK, cloud.dimension() - k);
      for (int j = 0; j < width; j++) {
        read(left + j, k, count, row);
        for (int d = 0; d < CHUNK; d++) {
          columns[d][j] = row[d];
        }
      }
      for (int i = 0; i < rows; i++) {
        read(top + i, k, count, row);
        for (int d = 0; d < count; d += Metric.STEP) {
          metric.add(row, columns, d, earlier(top + i, left, width), sums[i]);
        }
      }
    }
    for (int i = 0; i < rows; i++) {
      int target = DistanceMatrix.pairs(top + i) + left;
      for (int j = 0; j < earlier(top + i, left, width); j++) {
        lower[target + j] = distance(top + i, left + j, sums[i][j]);
      }
    }
  }

  private double distance(int i, int j, double sum) {
    double distance =
        metric == Metric.EUCLIDEAN && !(sum > SMALLEST && sum < LARGEST)
            ? cloud.euclidean(i, j)
            : metric.distance(sum);
    if (distance == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "points %d and %d have no finite distance".formatted(i, j));
    }
    return distance;
  }

  /// How many of the points of a tile come before point `i`.
  private static int earlier(int i, int left, int width) {
    return Math.min(width, i - left);
  }

  /// Coordinates of a point; zeros behind them add nothing to any distance.
  private void read(int point, int from, int count, double[] row) {
    cloud.read(point, from, count, row);
    for (int d = count; d < CHUNK; d++) {
      row[d] = 0;
    }
  }
}
