package topolip.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.engine.Progress;
import topolip.geometry.PointCloud;
import topolip.homology.Cech;
import topolip.homology.PersistenceDiagram;
import topolip.homology.Representative;

class GrowthFigureTest {

  private static PointCloud circle(int points, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[points][];
    for (int i = 0; i < points; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      rows[i] =
          new double[] {
            Math.cos(angle) + 0.1 * random.nextGaussian(),
            Math.sin(angle) + 0.1 * random.nextGaussian()
          };
    }
    return PointCloud.of(rows);
  }

  /// Ranks of boundary matrices over ℤ/2 against the intervals that are alive.
  @Test
  void whatIsDrawnHasTheHomologyOfTheDiagram() {
    for (int seed = 0; seed < 5; seed++) {
      PointCloud points = circle(18, seed);
      CechComplexInPlane complex = new CechComplexInPlane(points);
      List<PersistenceDiagram> diagrams = Cech.upTo(1).diagrams(points.distances(1));
      for (double radius : new double[] {0.05, 0.13, 0.2, 0.31, 0.5, 0.8, 1.1}) {
        List<int[]> edges = complex.edges(radius);
        int first = rank(edges, pairs(points.size()));
        int second = rank(complex.triangles(radius), edges);
        assertThat(points.size() - first).isEqualTo(alive(diagrams.get(0), radius));
        assertThat(edges.size() - first - second).isEqualTo(alive(diagrams.get(1), radius));
      }
    }
  }

  /// Vertices as simplices.
  private static List<int[]> pairs(int points) {
    List<int[]> vertices = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      vertices.add(new int[] {i});
    }
    return vertices;
  }

  private static int alive(PersistenceDiagram diagram, double radius) {
    int alive = 0;
    for (int i = 0; i < diagram.size(); i++) {
      alive += diagram.birth(i) <= radius && radius < diagram.death(i) ? 1 : 0;
    }
    return alive;
  }

  /// Of the boundary matrix from simplices to their faces.
  private static int rank(List<int[]> simplices, List<int[]> faces) {
    List<BitSet> reduced = new ArrayList<>();
    for (int[] simplex : simplices) {
      BitSet column = new BitSet();
      for (int f = 0; f < faces.size(); f++) {
        int[] face = faces.get(f);
        if (Arrays.stream(face).allMatch(v -> Arrays.stream(simplex).anyMatch(w -> v == w))) {
          column.set(f);
        }
      }
      for (BitSet other : reduced) {
        if (column.get(other.length() - 1)) {
          column.xor(other);
        }
      }
      if (!column.isEmpty()) {
        reduced.add(column);
      }
    }
    return reduced.size();
  }

  @Test
  void trianglesAppearWithTheSmallestBallAroundThem() {
    PointCloud points = PointCloud.of(new double[][] {{0, 0}, {2, 0}, {1, 0.5}, {1, Math.sqrt(3)}});
    CechComplexInPlane complex = new CechComplexInPlane(points);
    assertThat(complex.enclosingRadius(0, 1, 2)).isEqualTo(1); // obtuse
    assertThat(complex.enclosingRadius(0, 1, 3)).isCloseTo(2 / Math.sqrt(3), within(1e-12));
  }

  @Test
  void radiiFollowTheLongestLoop() {
    List<Representative> classes =
        List.of(
            interval(0, 0, 0.2),
            interval(0, 0, Double.POSITIVE_INFINITY),
            interval(1, 0.1, 0.3),
            interval(1, 0.4, 0.8));
    assertThat(GrowthFigure.radii(classes))
        .usingElementComparator(Comparator.comparingDouble(r -> Math.round(1e6 * r)))
        .containsExactly(0.2, 0.4, 0.6, 0.8);
    assertThat(GrowthFigure.radii(classes.subList(0, 2)))
        .usingElementComparator(Comparator.comparingDouble(r -> Math.round(1e6 * r)))
        .containsExactly(0.05, 0.1, 0.15, 0.2);
  }

  private static Representative interval(int degree, double birth, double death) {
    return new Representative(degree, birth, death, List.of(), List.of(), List.of());
  }

  /// At its birth a loop is closed, at its death filled, whatever the roundings.
  @Test
  void theLongestLoopIsSeenToBeBornAndToDie() {
    for (int seed = 0; seed < 20; seed++) {
      PointCloud points = circle(25, seed);
      CechComplexInPlane complex = new CechComplexInPlane(points);
      List<Double> radii = GrowthFigure.radii(Cech.upTo(1).representatives(points.distances(1)));
      assertThat(complex.edges(radii.get(1)).size())
          .isGreaterThan(complex.edges(radii.get(1) * (1 - 1e-8)).size());
      assertThat(complex.triangles(radii.get(3)).size())
          .isGreaterThan(complex.triangles(radii.get(3) * (1 - 1e-8)).size());
    }
  }

  @Test
  void theFigureIsDrawn(@TempDir Path folder) throws Exception {
    PointCloud points = circle(10, 1);
    List<Representative> classes = Cech.upTo(1).representatives(points.distances(1));
    GrowthFigure.write(folder, points, classes, i -> 1000 + i, Progress.NONE);
    Representative loop = // the only one that lives for long on these points
        classes.stream()
            .filter(c -> c.degree() == 1)
            .max(Comparator.comparingDouble(c -> c.death() - c.birth()))
            .orElseThrow();
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("growth.svg").toFile());
    assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(4 * 10);
    List<String> named =
        Stream.of(loop.birthSimplex(), loop.deathSimplex())
            .flatMap(List::stream)
            .map(vertex -> String.valueOf(1000 + vertex))
            .toList();
    var texts = svg.getElementsByTagName("text");
    assertThat(
            IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .filter(text -> text.startsWith("10")))
        .containsExactlyInAnyOrderElementsOf(named);
    assertThat(folder.resolve("growth.png")).isNotEmptyFile();
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".partial"));
    PointCloud space = PointCloud.of(new double[][] {{0, 0, 0}, {1, 1, 1}});
    assertThatThrownBy(() -> GrowthFigure.write(folder, space, List.of(), i -> i, Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not of dimension 3");
  }
}
