package topolip.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// All pairwise Euclidean distances of a cloud, tile by tile.
///
/// A tile is a strip of the matrix, [#TILE] points wide. Its coordinates are transposed, a chunk of
/// dimensions at a time, so that the innermost loop runs over points with independent sums and
/// becomes vector instructions, while each sum still adds its dimensions in order.
final class PairwiseDistances {
  private static final int TILE = 64;
  private static final int CHUNK = 128;

  private final PointCloud cloud;
  private final int size;
  private final double[] lower;

  PairwiseDistances(PointCloud cloud) {
    this.cloud = cloud;
    this.size = cloud.size();
    this.lower = new double[DistanceMatrix.pairs(size)];
  }

  DistanceMatrix compute(int threads) {
    List<Callable<Boolean>> tiles = new ArrayList<>();
    for (int start = 0; start < size; start += TILE) {
      int first = start;
      tiles.add(() -> {
        tile(first, Math.min(first + TILE, size));
        return true;
      });
    }
    new Workers(threads).all(tiles);
    return DistanceMatrix.wrap(size, lower);
  }

  /// Distances of points `from` to before `to` to all later points.
  private void tile(int from, int to) {
    double[] sums = new double[(size - from) * TILE];
    double[] columns = new double[CHUNK * TILE];
    double[] row = new double[CHUNK];
    for (int k = 0; k < cloud.dimension(); k += CHUNK) {
      int count = Math.min(CHUNK, cloud.dimension() - k);
      for (int j = from; j < to; j++) {
        cloud.read(j, k, count, row);
        for (int d = 0; d < count; d++) {
          columns[d * TILE + j - from] = row[d];
        }
      }
      for (int i = from; i < size; i++) {
        cloud.read(i, k, count, row);
        addSquares(row, columns, count, sums, (i - from) * TILE);
      }
    }
    for (int i = from + 1; i < size; i++) {
      int target = DistanceMatrix.pairs(i) + from;
      for (int j = from; j < Math.min(i, to); j++) {
        lower[target + j - from] = Math.sqrt(sums[(i - from) * TILE + j - from]);
      }
    }
  }

  /// Four dimensions at a time: a sum is then loaded and stored once for four squares.
  private static void addSquares(
      double[] row, double[] columns, int count, double[] sums, int offset) {
    int d = 0;
    for (; d + 3 < count; d += 4) {
      double r0 = row[d];
      double r1 = row[d + 1];
      double r2 = row[d + 2];
      double r3 = row[d + 3];
      int c0 = d * TILE;
      int c1 = c0 + TILE;
      int c2 = c1 + TILE;
      int c3 = c2 + TILE;
      for (int j = 0; j < TILE; j++) {
        double d0 = r0 - columns[c0 + j];
        double d1 = r1 - columns[c1 + j];
        double d2 = r2 - columns[c2 + j];
        double d3 = r3 - columns[c3 + j];
        sums[offset + j] += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
      }
    }
    for (; d < count; d++) {
      double r = row[d];
      int c = d * TILE;
      for (int j = 0; j < TILE; j++) {
        double difference = r - columns[c + j];
        sums[offset + j] += difference * difference;
      }
    }
  }
}
