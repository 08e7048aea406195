package topolip.homology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import topolip.geometry.DistanceMatrix;

/// Persistent homology from its definition: all simplices of all dimensions, sorted by value, and
/// the standard reduction of the whole boundary matrix over ℤ/p. Nothing is shared with the code
/// under test. For tests on a dozen points.
final class BoundaryMatrixReduction {
  record Simplex(List<Integer> vertices, double value) {}

  private BoundaryMatrixReduction() {}

  /// Vietoris-Rips over ℤ/2.
  static List<PersistenceDiagram> diagrams(DistanceMatrix d, int maxDegree, double threshold) {
    return diagrams(
        simplices(d.size(), v -> diameter(d, v), maxDegree + 1, threshold), maxDegree, 2);
  }

  static double diameter(DistanceMatrix d, List<Integer> vertices) {
    double diameter = 0;
    for (int v : vertices) {
      for (int w : vertices) {
        diameter = Math.max(diameter, d.distance(v, w));
      }
    }
    return diameter;
  }

  static List<PersistenceDiagram> diagrams(List<Simplex> simplices, int maxDegree, int prime) {
    Map<List<Integer>, Integer> places = new HashMap<>();
    for (int i = 0; i < simplices.size(); i++) {
      places.put(simplices.get(i).vertices(), i);
    }
    Map<Integer, NavigableMap<Integer, Integer>> byLow = new HashMap<>();
    double[] deaths = new double[simplices.size()];
    boolean[] positive = new boolean[simplices.size()];
    for (int j = 0; j < simplices.size(); j++) {
      deaths[j] = Double.POSITIVE_INFINITY;
      NavigableMap<Integer, Integer> column = boundary(simplices.get(j).vertices(), places, prime);
      while (!column.isEmpty() && byLow.containsKey(column.lastKey())) {
        cancel(column, Objects.requireNonNull(byLow.get(column.lastKey())), prime);
      }
      if (column.isEmpty()) {
        positive[j] = true;
      } else {
        byLow.put(column.lastKey(), column);
        deaths[column.lastKey()] = simplices.get(j).value();
      }
    }
    List<PersistenceDiagram> diagrams = new ArrayList<>();
    for (int k = 0; k <= maxDegree; k++) {
      List<double[]> intervals = new ArrayList<>();
      for (int i = 0; i < simplices.size(); i++) {
        if (simplices.get(i).vertices().size() == k + 1 && positive[i]) {
          intervals.add(new double[] {simplices.get(i).value(), deaths[i]});
        }
      }
      diagrams.add(
          PersistenceDiagram.of(
              k,
              intervals.stream().mapToDouble(x -> x[0]).toArray(),
              intervals.stream().mapToDouble(x -> x[1]).toArray()));
    }
    return diagrams;
  }

  /// Adds the multiple of another column that cancels the last entry.
  private static void cancel(
      NavigableMap<Integer, Integer> column, NavigableMap<Integer, Integer> other, int prime) {
    int last = column.lastEntry().getValue();
    int factor = 0;
    while ((last + factor * other.lastEntry().getValue()) % prime != 0) {
      factor++;
    }
    for (Map.Entry<Integer, Integer> entry : other.entrySet()) {
      int sum = (column.getOrDefault(entry.getKey(), 0) + factor * entry.getValue()) % prime;
      if (sum == 0) {
        column.remove(entry.getKey());
      } else {
        column.put(entry.getKey(), sum);
      }
    }
  }

  private static NavigableMap<Integer, Integer> boundary(
      List<Integer> vertices, Map<List<Integer>, Integer> places, int prime) {
    NavigableMap<Integer, Integer> column = new TreeMap<>();
    for (int i = 0; i < vertices.size() && vertices.size() > 1; i++) {
      column.put(
          Objects.requireNonNull(places.get(facet(vertices, i))), i % 2 == 0 ? 1 : prime - 1);
    }
    return column;
  }

  /// The facet that lacks the `i`-th vertex.
  static List<Integer> facet(List<Integer> vertices, int i) {
    return Stream.concat(
            vertices.subList(0, i).stream(), vertices.subList(i + 1, vertices.size()).stream())
        .toList();
  }

  /// The simplices on n points up to a dimension and a finite value, in the order of a filtration;
  /// their vertices increase.
  static List<Simplex> simplices(
      int n, ToDoubleFunction<List<Integer>> value, int maxDimension, double threshold) {
    List<Simplex> all = new ArrayList<>();
    for (int subset = 1; subset < 1 << n; subset++) {
      if (Integer.bitCount(subset) <= maxDimension + 1) {
        List<Integer> vertices = new ArrayList<>();
        for (int v = 0; v < n; v++) {
          if ((subset >> v & 1) == 1) {
            vertices.add(v);
          }
        }
        double appears = value.applyAsDouble(vertices);
        if (appears <= threshold && appears < Double.POSITIVE_INFINITY) {
          all.add(new Simplex(vertices, appears));
        }
      }
    }
    all.sort(Comparator.comparingDouble(Simplex::value).thenComparingInt(s -> s.vertices().size()));
    return all;
  }
}
