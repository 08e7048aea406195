package topolip.homology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;

class VietorisRipsTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static PersistenceDiagram diagram(int degree, double... birthsAndDeaths) {
    int n = birthsAndDeaths.length / 2;
    return PersistenceDiagram.of(
        degree,
        IntStream.range(0, n).mapToDouble(i -> birthsAndDeaths[2 * i]).toArray(),
        IntStream.range(0, n).mapToDouble(i -> birthsAndDeaths[2 * i + 1]).toArray());
  }

  private static DistanceMatrix randomDistances(int n, int values, SplittableRandom random) {
    double[] lower = new double[n * (n - 1) / 2];
    for (int p = 0; p < lower.length; p++) {
      lower[p] = values == 0 ? random.nextDouble() : random.nextInt(values);
    }
    return DistanceMatrix.wrap(n, lower);
  }

  private static PointCloud randomPoints(int n, int dimension, SplittableRandom random) {
    double[][] points = new double[n][dimension];
    for (double[] point : points) {
      for (int k = 0; k < dimension; k++) {
        point[k] = random.nextDouble();
      }
    }
    return PointCloud.of(points);
  }

  @Test
  void equalsTheReductionOfTheWholeBoundaryMatrixOnRandomDistances() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 150; round++) {
      DistanceMatrix d = randomDistances(2 + random.nextInt(8), 0, random);
      assertThat(VietorisRips.upTo(3).diagrams(d))
          .isEqualTo(BoundaryMatrixReduction.diagrams(d, 3, d.enclosingRadius()));
    }
  }

  @Test
  void equalsTheReductionOfTheWholeBoundaryMatrixWithTiesAndDuplicates() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 300; round++) {
      DistanceMatrix d = randomDistances(2 + random.nextInt(8), 1 + random.nextInt(5), random);
      assertThat(VietorisRips.upTo(3).diagrams(d))
          .isEqualTo(BoundaryMatrixReduction.diagrams(d, 3, INF));
    }
  }

  @Test
  void equalsTheReductionOfTheWholeBoundaryMatrixOnPointsInThePlane() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 100; round++) {
      DistanceMatrix d = randomPoints(11, 2, random).distances(1);
      assertThat(VietorisRips.upTo(2).diagrams(d))
          .isEqualTo(BoundaryMatrixReduction.diagrams(d, 2, INF));
    }
  }

  @Test
  void thresholdLeavesClassesEssential() {
    SplittableRandom random = new SplittableRandom(4);
    int essential = 0;
    for (int round = 0; round < 150; round++) {
      DistanceMatrix d = randomDistances(9, round % 2 == 0 ? 0 : 6, random);
      double threshold = round % 2 == 0 ? 0.2 + 0.4 * random.nextDouble() : 2;
      List<PersistenceDiagram> diagrams = VietorisRips.upTo(2).withThreshold(threshold).diagrams(d);
      assertThat(diagrams).isEqualTo(BoundaryMatrixReduction.diagrams(d, 2, threshold));
      PersistenceDiagram loops = diagrams.get(1);
      essential += (int) IntStream.range(0, loops.size()).filter(loops::isEssential).count();
    }
    assertThat(essential).isPositive();
  }

  @Test
  void infiniteDistancesAreNoEdges() {
    DistanceMatrix d =
        DistanceMatrix.of(
            new double[][] {
              {0, 1, INF, INF}, {1, 0, INF, INF}, {INF, INF, 0, 2}, {INF, INF, 2, 0}
            });

    assertThat(VietorisRips.upTo(1).diagrams(d))
        .containsExactly(diagram(0, 0, 1, 0, 2, 0, INF, 0, INF), diagram(1));
  }

  @Test
  void squareHasOneLoopFromItsSideToItsDiagonal() {
    PointCloud square = PointCloud.of(new double[][] {{0, 0}, {1, 0}, {1, 1}, {0, 1}});

    assertThat(VietorisRips.upTo(2).diagrams(square.distances(1)))
        .containsExactly(
            diagram(0, 0, 1, 0, 1, 0, 1, 0, INF), diagram(1, 1, Math.sqrt(2)), diagram(2));
  }

  @Test
  void crossPolytopeHasASphereOfItsDimensionOnly() {
    for (int dimension = 2; dimension <= 5; dimension++) {
      double[][] points = new double[2 * dimension][dimension];
      for (int i = 0; i < dimension; i++) {
        points[2 * i][i] = 1;
        points[2 * i + 1][i] = -1;
      }
      List<PersistenceDiagram> diagrams =
          VietorisRips.upTo(dimension).diagrams(PointCloud.of(points).distances(1));
      for (int k = 1; k <= dimension; k++) {
        assertThat(diagrams.get(k))
            .isEqualTo(k == dimension - 1 ? diagram(k, Math.sqrt(2), 2) : diagram(k));
      }
    }
  }

  @Test
  void circleHasOneLoopThatDiesWhenATriangleSpansItsCentre() {
    int n = 60;
    double[][] points = new double[n][];
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * i / n;
      points[i] = new double[] {Math.cos(angle), Math.sin(angle)};
    }
    PersistenceDiagram loops =
        VietorisRips.upTo(1).diagrams(PointCloud.of(points).distances(2)).get(1);

    assertThat(loops.size()).isEqualTo(1);
    assertThat(loops.birth(0)).isCloseTo(2 * Math.sin(Math.PI / n), within(1e-12));
    assertThat(loops.death(0)).isCloseTo(Math.sqrt(3), within(1e-12));
  }

  @Test
  void orderOfThePointsDoesNotMatter() {
    SplittableRandom random = new SplittableRandom(5);
    DistanceMatrix d = randomPoints(40, 3, random).distances(1);
    int[] order = IntStream.range(0, 40).map(i -> (i * 17 + 5) % 40).toArray();

    assertThat(VietorisRips.upTo(2).diagrams(d.subset(order)))
        .isEqualTo(VietorisRips.upTo(2).diagrams(d));
  }

  @Test
  void unitOfTheDistancesScalesTheDiagrams() {
    DistanceMatrix d = randomDistances(30, 0, new SplittableRandom(6));
    double[] fourfold = new double[30 * 29 / 2];
    for (int i = 0, p = 0; i < 30; i++) {
      for (int j = 0; j < i; j++) {
        fourfold[p++] = 4 * d.distance(i, j);
      }
    }
    List<PersistenceDiagram> scaled =
        VietorisRips.upTo(2).diagrams(d).stream().map(x -> x.scaled(4)).toList();

    assertThat(VietorisRips.upTo(2).diagrams(DistanceMatrix.wrap(30, fourfold))).isEqualTo(scaled);
  }

  @Test
  void fewPointsAreServed() {
    assertThat(VietorisRips.upTo(1).diagrams(DistanceMatrix.wrap(0, new double[0])))
        .containsExactly(diagram(0), diagram(1));
    assertThat(VietorisRips.upTo(1).diagrams(DistanceMatrix.wrap(1, new double[0])))
        .containsExactly(diagram(0, 0, INF), diagram(1));
    assertThat(VietorisRips.upTo(1).diagrams(DistanceMatrix.wrap(2, new double[] {3})))
        .containsExactly(diagram(0, 0, 3, 0, INF), diagram(1));
  }

  @Test
  void equalPointsLeaveOneClass() {
    assertThat(VietorisRips.upTo(2).diagrams(DistanceMatrix.wrap(6, new double[15])))
        .containsExactly(diagram(0, 0, INF), diagram(1), diagram(2));
  }

  @Test
  void degreeThatCannotBeNumberedIsRefusedWithWhatIsFeasible() {
    DistanceMatrix d = DistanceMatrix.wrap(300, new double[300 * 299 / 2]);

    assertThatThrownBy(() -> VietorisRips.upTo(8).diagrams(d))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("degree 8 is feasible for any 64 points, not for these 300");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> VietorisRips.upTo(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> VietorisRips.upTo(1).withThreshold(Double.NaN))
        .hasMessageContaining("NaN");
  }

  @Test
  void interruptedThreadIsCancelled() {
    DistanceMatrix d = randomPoints(50, 3, new SplittableRandom(7)).distances(1);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> VietorisRips.upTo(1).diagrams(d))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
