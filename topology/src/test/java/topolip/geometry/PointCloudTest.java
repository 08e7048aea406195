package topolip.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PointCloudTest {

  private static double[][] random(int n, int dimension) {
    SplittableRandom random = new SplittableRandom(n);
    double[][] points = new double[n][dimension];
    for (double[] point : points) {
      for (int k = 0; k < dimension; k++) {
        point[k] = random.nextDouble(-1, 1);
      }
    }
    return points;
  }

  @Test
  void distancesAreRootsOfSumsOfSquaresWhateverTheTiles() {
    for (int n : new int[] {1, 2, 65, 255, 256, 257, 520}) {
      for (int dimension : new int[] {1, 3, 4, 31, 32, 67}) {
        double[][] points = random(n, dimension);
        DistanceMatrix distances = PointCloud.of(points).distances(2);
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int k = 0; k < dimension; k++) {
              sum += (points[i][k] - points[j][k]) * (points[i][k] - points[j][k]);
            }
            assertThat(distances.distance(i, j)).isCloseTo(Math.sqrt(sum), within(1e-13));
          }
        }
      }
    }
  }

  @Test
  void metricsAreThoseOfTheirNames() {
    double[][] points = random(300, 37);
    for (Metric metric : Metric.values()) {
      DistanceMatrix distances = PointCloud.of(points).distances(metric, 2);
      for (int i = 0; i < 300; i++) {
        for (int j = 0; j < i; j++) {
          assertThat(distances.distance(i, j))
              .as("%s of %d and %d", metric, i, j)
              .isCloseTo(expected(metric, points[i], points[j]), within(1e-13));
        }
      }
    }
  }

  private static double expected(Metric metric, double[] x, double[] y) {
    double sum = 0;
    double largest = 0;
    double squares = 0;
    double product = 0;
    double ofX = 0;
    double ofY = 0;
    for (int k = 0; k < x.length; k++) {
      sum += Math.abs(x[k] - y[k]);
      largest = Math.max(largest, Math.abs(x[k] - y[k]));
      squares += Math.pow(x[k] - y[k], 2);
      product += x[k] * y[k];
      ofX += x[k] * x[k];
      ofY += y[k] * y[k];
    }
    return switch (metric) {
      case EUCLIDEAN -> Math.sqrt(squares);
      case MANHATTAN -> sum;
      case CHEBYSHEV -> largest;
      case COSINE -> 1 - product / Math.sqrt(ofX * ofY);
    };
  }

  @Test
  void cosineDistanceKeepsItsDigitsAndRefusesTheOrigin() {
    // 1 − cos(1e-9) = 5e-19, which 1 − x·y loses; the lengths overflow when squared.
    PointCloud near = PointCloud.of(new double[][] {{1e200, 0}, {1e-200, 1e-209}});
    assertThat(near.distances(Metric.COSINE, 1).distance(0, 1)).isCloseTo(5e-19, within(1e-27));

    PointCloud origin = PointCloud.of(new double[][] {{1, 0}, {0, 0}});
    assertThatThrownBy(() -> origin.distances(Metric.COSINE, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("point 1 is the origin, which has no direction");
  }

  @Test
  void threadsDoNotChangeABit() {
    PointCloud cloud = PointCloud.of(random(600, 77));
    DistanceMatrix one = cloud.distances(1);
    DistanceMatrix three = cloud.distances(3);
    for (int i = 0; i < 600; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(three.distance(i, j)).isEqualTo(one.distance(i, j));
      }
    }
  }

  @Test
  void nearPointsFarFromTheOriginKeepTheirDistance() {
    // A Gram matrix would lose all digits here.
    DistanceMatrix d = PointCloud.of(new double[][] {{1e8, 1e8}, {1e8, 1e8 + 1e-3}}).distances(1);

    assertThat(d.distance(0, 1)).isCloseTo(1e-3, within(1e-8));
  }

  @Test
  void floatsAreReadAsTheyAre() {
    PointCloud cloud =
        PointCloud.wrapFloats(MemorySegment.ofArray(new float[] {0, 0, 3, 4, 0.1f, 0}), 3, 2);

    assertThat(cloud.distances(1).distance(0, 1)).isEqualTo(5);
    assertThat(cloud.coordinate(2, 0)).isEqualTo(0.1f);
  }

  @Test
  void coordinateThatIsNoNumberIsNamed() {
    double[][] points = random(20, 7);
    points[17][3] = Double.NaN;
    assertThatThrownBy(() -> PointCloud.of(points).distances(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("point 17, coordinate 3 is NaN");

    points[17][3] = Double.NEGATIVE_INFINITY;
    assertThatThrownBy(() -> PointCloud.of(points).distances(1))
        .hasMessage("point 17, coordinate 3 is -Infinity");
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> PointCloud.of(new double[][] {{1, 2}, {3}}))
        .hasMessage("points differ in dimension: point 0 has 2, point 1 has 1");
    assertThatThrownBy(() -> PointCloud.wrapFloats(MemorySegment.ofArray(new float[5]), 2, 3))
        .hasMessage("2 points of dimension 3 take 24 bytes, not 20");
  }
}
