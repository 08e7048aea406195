package topolip.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.random.MersenneTwister;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;

/// The numbers that the authors of the divergences print as examples of their programs: of
/// `np.random.seed(7)`, two clouds of `np.random.rand(1000, 2)`, and subsets drawn from the same
/// generator: in README.md of github.com/IlyaTrofimov/RTD (commit 38b9239) and of
/// github.com/IlyaTrofimov/MTopDiv (commit 199b219).
class PublishedDivergenceTest {
  private static final int POINTS = 1000;

  private final MersenneTwister twister = new MersenneTwister(7);
  private final double[][] p = cloud();
  private final double[][] q = cloud();

  /// `rtd.rtd(P, Q)`: mean over ten subsets of 500, the first of a shuffled list. Its barcodes are
  /// of single precision.
  @Test
  void divergenceOfRepresentationsIsThatOfItsAuthors() {
    double sum = 0;
    for (int trial = 0; trial < 10; trial++) {
      int[] first = Arrays.copyOf(shuffled(POINTS), 500);
      sum += TopologyDivergence.ofRepresentations(distances(p, first), distances(q, first));
    }
    assertThat(sum / 10).isCloseTo(35.55234398557805, within(1e-4));
  }

  /// `mtd.mtopdiv(P, Q, 100, 1000)`, after the barcodes of two subsets were drawn: one direction,
  /// mean over twenty subsets of 100 of P with all of Q.
  @Test
  void divergenceOfManifoldsIsThatOfItsAuthors() {
    shuffled(POINTS);
    shuffled(POINTS);
    double sum = 0;
    for (int trial = 0; trial < 20; trial++) {
      shuffled(POINTS);
      int[] first = Arrays.copyOf(shuffled(POINTS), 100);
      double[][] both =
          Stream.concat(Arrays.stream(q), Arrays.stream(first).mapToObj(i -> p[i]))
              .toArray(double[][]::new);
      sum += TopologyDivergence.joined(PointCloud.of(both).distances(1), 0, POINTS);
    }
    assertThat(sum / 20).isCloseTo(0.035247244, within(1e-7));
  }

  private double[][] cloud() {
    double[][] cloud = new double[POINTS][2];
    for (double[] point : cloud) {
      for (int k = 0; k < point.length; k++) {
        point[k] = uniform();
      }
    }
    return cloud;
  }

  /// As `np.random.rand` makes it: 53 bits of two draws.
  private double uniform() {
    int high = twister.nextInt() >>> 5;
    int low = twister.nextInt() >>> 6;
    return (high * 0x1p26 + low) * 0x1p-53;
  }

  /// As `np.random.shuffle` does it, from the back.
  private int[] shuffled(int n) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = upTo(i);
      int last = order[i];
      order[i] = order[j];
      order[j] = last;
    }
    return order;
  }

  /// At most `most`: draws that are larger are drawn again.
  private int upTo(int most) {
    int mask = Integer.highestOneBit(most) * 2 - 1;
    int value;
    do {
      value = twister.nextInt() & mask;
    } while (value > most);
    return value;
  }

  private static DistanceMatrix distances(double[][] cloud, int[] points) {
    return PointCloud.of(Arrays.stream(points).mapToObj(i -> cloud[i]).toArray(double[][]::new))
        .distances(1);
  }
}
