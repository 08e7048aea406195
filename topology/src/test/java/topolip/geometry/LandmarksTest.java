package topolip.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LandmarksTest {
  private static PointCloud cloud(int n, SplittableRandom random) {
    double[][] points = new double[n][3];
    for (double[] point : points) {
      Arrays.setAll(point, k -> random.nextDouble());
    }
    return PointCloud.of(points);
  }

  @Test
  void eachIsTheFarthestFromThoseBefore() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 20; round++) {
      PointCloud cloud = cloud(30, random);
      DistanceMatrix d = cloud.distances(1);
      Landmarks landmarks = Landmarks.maxmin(d, 12, round);
      assertThat(landmarks.index(0)).isEqualTo(round);
      assertThat(landmarks.insertionRadius(0)).isEqualTo(Double.POSITIVE_INFINITY);
      for (int k = 1; k <= 12; k++) {
        double covering = 0;
        for (int p = 0; p < 30; p++) {
          double nearest = Double.POSITIVE_INFINITY;
          for (int i = 0; i < k; i++) {
            nearest = Math.min(nearest, d.distance(p, landmarks.index(i)));
          }
          covering = Math.max(covering, nearest);
        }
        assertThat(k < 12 ? landmarks.insertionRadius(k) : landmarks.coveringRadius())
            .isEqualTo(covering);
      }
    }
  }

  @Test
  void cloudAndMatrixAgree() {
    PointCloud cloud = cloud(40, new SplittableRandom(2));
    for (Metric metric : EnumSet.complementOf(EnumSet.of(Metric.COSINE))) {
      Landmarks ofCloud = Landmarks.maxmin(cloud, metric, 40, 3);
      Landmarks ofMatrix = Landmarks.maxmin(cloud.distances(metric, 1), 40, 3);

      assertThat(ofCloud.indices()).isEqualTo(ofMatrix.indices());
      assertThat(ofCloud.indices()).containsExactlyInAnyOrder(IntStream.range(0, 40).toArray());
      assertThat(ofCloud.coveringRadius()).isZero();
      assertThat(ofCloud.insertionRadius(7)).isCloseTo(ofMatrix.insertionRadius(7), within(1e-12));
    }
    assertThatThrownBy(() -> Landmarks.maxmin(cloud, Metric.COSINE, 4, 0))
        .hasMessage("cosine distance breaks the triangle inequality");
  }

  @Test
  void equalPointsAreTakenOnceEach() {
    Landmarks all = Landmarks.maxmin(DistanceMatrix.wrap(4, new double[6]), 4, 2);

    assertThat(all.indices()).containsExactly(2, 0, 1, 3);
    assertThat(all.insertionRadius(3)).isZero();
  }

  @Test
  void insertionRadiiNeverIncrease() {
    Landmarks all = Landmarks.maxmin(cloud(50, new SplittableRandom(3)), Metric.EUCLIDEAN, 50, 0);
    for (int k = 1; k < 50; k++) {
      assertThat(all.insertionRadius(k)).isLessThanOrEqualTo(all.insertionRadius(k - 1));
    }
  }

  @Test
  void countAndFirstAreChecked() {
    PointCloud cloud = cloud(5, new SplittableRandom(4));
    assertThatThrownBy(() -> Landmarks.maxmin(cloud, Metric.EUCLIDEAN, 6, 0))
        .hasMessageContaining("6")
        .hasMessageContaining("5");
    assertThatThrownBy(() -> Landmarks.maxmin(cloud, Metric.EUCLIDEAN, 0, 0))
        .hasMessageContaining("0");
    assertThatThrownBy(() -> Landmarks.maxmin(cloud, Metric.EUCLIDEAN, 2, 5))
        .hasMessageContaining("first");
  }

  @Test
  void distancesFromAPointAreThoseOfTheMatrix() {
    PointCloud cloud = cloud(20, new SplittableRandom(5));
    DistanceMatrix d = cloud.distances(1);
    double[] row = new double[20];
    for (int i = 0; i < 20; i++) {
      cloud.distancesFrom(i, Metric.EUCLIDEAN, row);
      for (int j = 0; j < 20; j++) {
        assertThat(row[j]).isCloseTo(d.distance(i, j), within(1e-15));
      }
    }
    assertThatThrownBy(() -> cloud.distancesFrom(0, Metric.EUCLIDEAN, new double[3]))
        .hasMessageContaining("3");
  }
}
