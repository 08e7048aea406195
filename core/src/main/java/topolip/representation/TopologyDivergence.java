package topolip.representation;

import java.util.Arrays;
import java.util.List;
import topolip.geometry.DistanceMatrix;
import topolip.homology.PersistenceDiagram;
import topolip.homology.VietorisRips;

/// Divergences that compare the topology of two clouds by the homology of one complex of both.
///
/// Each is the total persistence in degree 1 of the Vietoris-Rips filtration of 2n points whose
/// first half is joined from the beginning. Cost: degree-1 homology of 2n points.
public final class TopologyDivergence {
  private static final double QUANTILE = 0.9;

  private TopologyDivergence() {}

  /// The representation topology divergence of two representations of the same samples (Barannikov
  /// et al., arXiv 2201.00058): the mean of both directions, each of whose distances are divided by
  /// their 0.9 quantile.
  ///
  /// As in the authors' program, the two halves are P and the smaller of both distances; unlike
  /// there, all samples are taken at once instead of means over subsets of 500. Depends on which
  /// point of one cloud is which of the other.
  ///
  /// @return at least 0; 0 for equal clouds
  /// @throws IllegalArgumentException if the numbers of samples differ
  /// @throws ArithmeticException if nine tenths of the distances of a cloud are 0
  public static double ofRepresentations(DistanceMatrix p, DistanceMatrix q) {
    if (p.size() != q.size()) {
      throw new IllegalArgumentException(
          "a divergence of representations needs the same samples: %d and %d"
              .formatted(p.size(), q.size()));
    }
    double unitP = quantile(p);
    double unitQ = quantile(q);
    return (directed(p, unitP, q, unitQ) + directed(q, unitQ, p, unitP)) / 2;
  }

  private static double directed(DistanceMatrix p, double unitP, DistanceMatrix q, double unitQ) {
    int n = p.size();
    double[] lower = new double[n * (2 * n - 1)];
    int at = n * (n - 1) / 2;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        lower[at++] = p.distance(i, j) / unitP;
      }
      for (int j = 0; j < i; j++) {
        lower[at++] = Math.min(p.distance(i, j) / unitP, q.distance(i, j) / unitQ);
      }
    }
    return totalPersistence(DistanceMatrix.wrap(2 * n, lower));
  }

  /// The manifold topology divergence of two clouds in the same space (Barannikov et al., arXiv
  /// 2106.04024): the mean of both directions, of all points at once. In units of the distances.
  ///
  /// @param both the distances of the points of one cloud and then of the other
  /// @param first how many points the first has
  /// @return at least 0
  /// @throws IllegalArgumentException unless both clouds have points
  public static double ofManifolds(DistanceMatrix both, int first) {
    if (first < 1 || first >= both.size()) {
      throw new IllegalArgumentException(
          "a divergence needs two clouds: %d of %d points are of the first"
              .formatted(first, both.size()));
    }
    return (joined(both, 0, first) + joined(both, first, both.size())) / 2;
  }

  /// One direction: with the points from `from` to `to` joined from the beginning.
  static double joined(DistanceMatrix both, int from, int to) {
    int n = both.size();
    double[] lower = new double[n * (n - 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        boolean inside = i >= from && i < to && j >= from && j < to;
        lower[at++] = inside ? 0 : both.distance(i, j);
      }
    }
    return totalPersistence(DistanceMatrix.wrap(n, lower));
  }

  private static double totalPersistence(DistanceMatrix distances) {
    List<PersistenceDiagram> diagrams = VietorisRips.upTo(1).diagrams(distances);
    PersistenceDiagram loops = diagrams.get(1);
    double total = 0;
    for (int i = 0; i < loops.size(); i++) {
      total += loops.death(i) - loops.birth(i);
    }
    return total;
  }

  /// The 0.9 quantile of the whole matrix, its diagonal included, interpolated.
  private static double quantile(DistanceMatrix distances) {
    int n = distances.size();
    double[] all = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        all[i * n + j] = distances.distance(i, j);
      }
    }
    Arrays.sort(all);
    double place = QUANTILE * (all.length - 1);
    int below = (int) place;
    double value =
        below + 1 < all.length
            ? all[below] + (place - below) * (all[below + 1] - all[below])
            : all[below];
    if (!(value > 0)) {
      throw new ArithmeticException("nine tenths of the distances of %d points are 0".formatted(n));
    }
    return value;
  }
}
