package topolip.homology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;

class CechTest {
  private static double radius(double[]... points) {
    EnclosingBalls balls = new EnclosingBalls(PointCloud.of(points).distances(1));
    return balls.radius(IntStream.range(0, points.length).toArray(), points.length);
  }

  @Test
  void ballsEqualBruteForceInAnyDimension() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2000; round++) {
      double[][] points = new double[2 + round % 3][1 + round % 7];
      for (double[] point : points) {
        for (int k = 0; k < point.length; k++) {
          point[k] = round % 2 == 0 ? random.nextGaussian() : random.nextInt(3);
        }
      }
      assertThat(radius(points))
          .isCloseTo(
              BruteForceBalls.radius(points, IntStream.range(0, points.length).boxed().toList()),
              within(1e-7));
    }
  }

  @Test
  void degenerateSimplicesHaveTheBallOfAFace() {
    assertThat(radius(new double[] {0, 0}, new double[] {0, 0}, new double[] {0, 0})).isZero();
    assertThat(radius(new double[] {0, 0}, new double[] {1, 0}, new double[] {3, 0}))
        .isEqualTo(1.5);
    double[][] square = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    assertThat(radius(square)).isEqualTo(Math.sqrt(2) / 2);
    double[][] nearlyCocircular = new double[4][];
    for (int i = 0; i < 4; i++) {
      double angle = i * 1.57;
      nearlyCocircular[i] = new double[] {Math.cos(angle), Math.sin(angle), 1e-9 * i};
    }
    assertThat(radius(nearlyCocircular)).isCloseTo(1, within(1e-6));
  }

  @Test
  void unitsDoNotOverflowOrVanish() {
    double[][] tetrahedron = {{1, 1, 1}, {1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}};
    double unit = radius(tetrahedron);
    assertThat(unit).isCloseTo(Math.sqrt(3), within(1e-12));
    for (double scale : new double[] {1e-120, 1e120}) {
      double[][] scaled = new double[4][3];
      for (int i = 0; i < 4; i++) {
        for (int k = 0; k < 3; k++) {
          scaled[i][k] = scale * tetrahedron[i][k];
        }
      }
      assertThat(radius(scaled) / scale).isCloseTo(unit, within(1e-12));
    }
  }

  @Test
  void equilateralTriangleHasALoopUntilItsBallIsFull() {
    double[][] triangle = {{0, 0}, {1, 0}, {0.5, Math.sqrt(0.75)}};
    List<PersistenceDiagram> diagrams = Cech.upTo(1).diagrams(PointCloud.of(triangle).distances(1));

    assertThat(diagrams.get(1).size()).isEqualTo(1);
    assertThat(diagrams.get(1).birth(0)).isCloseTo(0.5, within(1e-12));
    assertThat(diagrams.get(1).death(0)).isCloseTo(1 / Math.sqrt(3), within(1e-12));
  }

  @Test
  void infiniteDistancesAreNoEdges() {
    double inf = Double.POSITIVE_INFINITY;
    DistanceMatrix d = DistanceMatrix.wrap(3, new double[] {1, inf, inf});

    PersistenceDiagram components = Cech.upTo(1).diagrams(d).getFirst();

    assertThat(components.size()).isEqualTo(3);
    assertThat(components.death(0)).isEqualTo(0.5);
    assertThat(components.isEssential(1) && components.isEssential(2)).isTrue();
  }

  @Test
  void degreesBeyondTwoAreRefused() {
    assertThatThrownBy(() -> Cech.upTo(3))
        .hasMessageContaining("degrees 0 to 2")
        .hasMessageContaining("3");
  }
}
