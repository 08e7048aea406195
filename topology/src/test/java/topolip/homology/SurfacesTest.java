package topolip.homology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.geometry.SparseDistances;

/// Closed surfaces as order complexes of their triangulations: one point a simplex, joined at
/// distance 1 where one is a face of the other. Torsion shows in ℤ/2 only.
class SurfacesTest {
  /// The ranks of homology in degrees 0 to 2.
  private static List<Integer> ranks(int prime, int[]... triangles) {
    List<SortedSet<Integer>> simplices = new ArrayList<>();
    for (int[] triangle : triangles) {
      for (int subset = 1; subset < 8; subset++) {
        SortedSet<Integer> face = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
          if ((subset >> i & 1) == 1) {
            face.add(triangle[i]);
          }
        }
        if (!simplices.contains(face)) {
          simplices.add(face);
        }
      }
    }
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < simplices.size(); i++) {
      for (int j = 0; j < simplices.size(); j++) {
        if (i != j && simplices.get(i).containsAll(simplices.get(j))) {
          pairs.add(new int[] {i, j});
        }
      }
    }
    double[] ones = new double[pairs.size()];
    java.util.Arrays.fill(ones, 1);
    SparseDistances distances =
        SparseDistances.of(
            simplices.size(),
            pairs.stream().mapToInt(p -> p[0]).toArray(),
            pairs.stream().mapToInt(p -> p[1]).toArray(),
            ones);
    return VietorisRips.upTo(2).withPrime(prime).diagrams(distances).stream()
        .map(d -> (int) IntStream.range(0, d.size()).filter(d::isEssential).count())
        .toList();
  }

  /// A 4 × 4 grid of squares, each cut along a diagonal, its sides glued; the upper side with a
  /// map.
  private static int[][] grid(IntUnaryOperator glue) {
    List<int[]> triangles = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        int a = vertex(i, j, glue);
        int b = vertex(i + 1, j, glue);
        int c = vertex(i, j + 1, glue);
        int d = vertex(i + 1, j + 1, glue);
        triangles.add(new int[] {a, b, d});
        triangles.add(new int[] {a, c, d});
      }
    }
    return triangles.toArray(int[][]::new);
  }

  private static int vertex(int i, int j, IntUnaryOperator glue) {
    return i < 4 ? 4 * i + j % 4 : glue.applyAsInt(j % 4);
  }

  @Test
  void projectivePlaneHasTorsion() {
    int[][] plane = {
      {0, 1, 2}, {0, 2, 3}, {0, 3, 4}, {0, 4, 5}, {0, 1, 5},
      {1, 2, 4}, {2, 3, 5}, {1, 3, 4}, {2, 4, 5}, {1, 3, 5}
    };
    assertThat(ranks(2, plane)).containsExactly(1, 1, 1);
    assertThat(ranks(3, plane)).containsExactly(1, 0, 0);
    assertThat(ranks(32_749, plane)).containsExactly(1, 0, 0);
  }

  @Test
  void kleinBottleHasTorsion() {
    int[][] bottle = grid(j -> (4 - j) % 4);
    assertThat(ranks(2, bottle)).containsExactly(1, 2, 1);
    assertThat(ranks(3, bottle)).containsExactly(1, 1, 0);
  }

  @Test
  void torusHasNone() {
    int[][] torus = grid(j -> j);
    assertThat(ranks(2, torus)).containsExactly(1, 2, 1);
    assertThat(ranks(3, torus)).containsExactly(1, 2, 1);
  }
}
