package topolip.homology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.SparseDistances;
import topolip.geometry.Workers;

/// The ways to the same diagrams: explicit, implicit on matrices, sets and lists, by lunes, and
/// after a collapse, on random weighted graphs with ties.
class RipsAlgorithmsTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static DistanceMatrix randomGraph(int n, int values, double absent, SplittableRandom r) {
    double[] lower = new double[n * (n - 1) / 2];
    for (int p = 0; p < lower.length; p++) {
      lower[p] = r.nextDouble() < absent ? INF : values == 0 ? r.nextDouble() : r.nextInt(values);
    }
    return DistanceMatrix.wrap(n, lower);
  }

  private static List<PersistenceDiagram> diagrams(EdgeFiltration edges, int maxDegree, int prime) {
    return RipsHomology.diagrams(
        edges, maxDegree, new PrimeField(prime), new Workers(1), Progress.NONE);
  }

  @Test
  void collapsedEdgesHaveTheSameDiagrams() {
    SplittableRandom random = new SplittableRandom(21);
    int fewer = 0;
    for (int round = 0; round < 200; round++) {
      DistanceMatrix d = randomGraph(2 + random.nextInt(9), round % 3 * 4, 0.2, random);
      EdgeFiltration edges = EdgeFiltration.of(d, INF);
      EdgeFiltration collapsed = EdgeCollapse.of(edges);
      int prime = round % 2 == 0 ? 2 : 3;
      fewer += edges.size() - collapsed.size();
      assertThat(diagrams(collapsed, 2, prime)).isEqualTo(diagrams(edges, 2, prime));
    }
    assertThat(fewer).isPositive();
  }

  @Test
  void loopsByLunesEqualThoseByCohomology() {
    SplittableRandom random = new SplittableRandom(22);
    for (int round = 0; round < 60; round++) {
      DistanceMatrix d = randomGraph(25, round % 3 * 5, 0.1 * (round % 4), random);
      int prime = new int[] {2, 3, 7}[round % 3];
      VietorisRips rips = VietorisRips.upTo(1).withPrime(prime);
      List<Representative> loops =
          rips.representatives(d).stream().filter(c -> c.degree() == 1).toList();
      PersistenceDiagram expected =
          PersistenceDiagram.of(
              1,
              loops.stream().mapToDouble(Representative::birth).toArray(),
              loops.stream().mapToDouble(Representative::death).toArray());
      assertThat(rips.diagrams(d).get(1)).isEqualTo(expected);
    }
  }

  /// Clusters that nothing joins: so few edges among so many points that lists are taken.
  @Test
  void listsOfNeighboursServeSparseGraphs() {
    SplittableRandom random = new SplittableRandom(23);
    int clusters = 90;
    List<DistanceMatrix> parts =
        IntStream.range(0, clusters).mapToObj(c -> randomGraph(8, c % 2 * 6, 0.1, random)).toList();
    List<int[]> pairs = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int c = 0; c < clusters; c++) {
      for (int i = 0; i < 8; i++) {
        for (int j = 0; j < i; j++) {
          if (parts.get(c).distance(i, j) < INF) {
            pairs.add(new int[] {8 * c + i, 8 * c + j});
            values.add(parts.get(c).distance(i, j));
          }
        }
      }
    }
    SparseDistances sparse =
        SparseDistances.of(
            8 * clusters,
            pairs.stream().mapToInt(p -> p[0]).toArray(),
            pairs.stream().mapToInt(p -> p[1]).toArray(),
            values.stream().mapToDouble(x -> x).toArray());
    assertThat(EdgeFiltration.of(sparse, INF).hasSets()).isFalse();
    assertThat(EdgeFiltration.of(sparse, INF).adjacency()).isInstanceOf(SparseAdjacency.class);

    List<List<PersistenceDiagram>> expected =
        parts.stream().map(d -> BoundaryMatrixReduction.diagrams(d, 3, INF)).toList();

    for (int threads = 1; threads <= 3; threads++) {
      List<PersistenceDiagram> actual = VietorisRips.upTo(3).withThreads(threads).diagrams(sparse);
      for (int k = 0; k <= 3; k++) {
        int degree = k;
        assertThat(actual.get(k))
            .isEqualTo(union(k, expected.stream().map(x -> x.get(degree)).toList()));
      }
    }
  }

  private static PersistenceDiagram union(int degree, List<PersistenceDiagram> diagrams) {
    double[] births =
        diagrams.stream()
            .flatMapToDouble(d -> IntStream.range(0, d.size()).mapToDouble(d::birth))
            .toArray();
    double[] deaths =
        diagrams.stream()
            .flatMapToDouble(d -> IntStream.range(0, d.size()).mapToDouble(d::death))
            .toArray();
    return PersistenceDiagram.of(degree, births, deaths);
  }

  @Test
  void sparseDistancesEqualTheMatrixOfTheSameEdges() {
    SplittableRandom random = new SplittableRandom(24);
    for (int round = 0; round < 40; round++) {
      DistanceMatrix d = randomGraph(12, round % 2 * 4, 0.3, random);
      int[] rows = new int[66];
      int[] columns = new int[66];
      double[] values = new double[66];
      int[] order = IntStream.range(0, 66).toArray();
      for (int e = 65; e > 0; e--) {
        int swap = random.nextInt(e + 1);
        int swapped = order[e];
        order[e] = order[swap];
        order[swap] = swapped;
      }
      for (int i = 0, p = 0; i < 12; i++) {
        for (int j = 0; j < i; j++, p++) {
          boolean flip = random.nextBoolean();
          rows[order[p]] = flip ? j : i;
          columns[order[p]] = flip ? i : j;
          values[order[p]] = d.distance(i, j);
        }
      }
      assertThat(VietorisRips.upTo(2).diagrams(SparseDistances.of(12, rows, columns, values)))
          .isEqualTo(VietorisRips.upTo(2).diagrams(d));
    }
  }

  private static int[] order(double... values) {
    long[] numbers = IntStream.range(0, values.length).asLongStream().toArray();
    ValueOrder.sort(numbers, i -> values[i]);
    return Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray();
  }

  @Test
  void valuesAreSortedWithTiesInOrderOfIndex() {
    SplittableRandom random = new SplittableRandom(25);
    for (int round = 0; round < 50; round++) {
      boolean ties = round % 2 == 0;
      double[] values =
          random.doubles(300).map(x -> ties ? Math.rint(9 * x) : Math.scalb(x, 90)).toArray();
      values[7] = Math.nextUp(values[8]); // on one step of the packing
      int[] expected =
          IntStream.range(0, 300)
              .boxed()
              .sorted((a, b) -> Double.compare(values[a], values[b]))
              .mapToInt(i -> i)
              .toArray();
      assertThat(order(values)).isEqualTo(expected);
    }
    assertThat(order(0.0, -0.0, 0.0)).containsExactly(0, 1, 2);
    assertThat(order(1, 1e300, 0, 1e-300)).containsExactly(2, 3, 0, 1);
    assertThat(order()).isEmpty();
  }

  /// Pairs are numbered by two ends of 16 bits, the larger of which may use all of them.
  @Test
  void edgesOfTheLargestMatrixKeepTheirEnds() {
    long[] numbers = {1L << 16, 65_535L << 16 | 3, 65_535L << 16 | 65_534};
    ValueOrder.sort(numbers, p -> -(p >>> 16) - (char) p);
    assertThat(numbers).containsExactly(65_535L << 16 | 65_534, 65_535L << 16 | 3, 1L << 16);
  }

  @Test
  void progressReachesTheLastColumn() {
    DistanceMatrix d = randomGraph(30, 0, 0, new SplittableRandom(26));
    List<String> last = new ArrayList<>();
    VietorisRips.upTo(2)
        .diagrams(
            d,
            (degree, done, total) -> {
              if (done == total) {
                last.add("degree " + degree);
              }
            });
    assertThat(last).contains("degree 2");
  }
}
