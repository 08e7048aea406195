package topolip.homology;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import topolip.geometry.DistanceMatrix;

/// Persistent homology from its definition: all simplices of all dimensions, sorted by diameter,
/// and the standard reduction of the whole boundary matrix over ℤ/2. Nothing is shared with the
/// code under test. For tests on a dozen points.
final class BoundaryMatrixReduction {
  private record Simplex(List<Integer> vertices, double diameter) {}

  private BoundaryMatrixReduction() {}

  static List<PersistenceDiagram> diagrams(DistanceMatrix d, int maxDegree, double threshold) {
    List<Simplex> simplices = simplices(d, maxDegree + 1, threshold);
    Map<List<Integer>, Integer> places = new HashMap<>();
    for (int i = 0; i < simplices.size(); i++) {
      places.put(simplices.get(i).vertices(), i);
    }
    Map<Integer, BitSet> byLow = new HashMap<>();
    Map<Integer, Integer> death = new HashMap<>();
    BitSet negative = new BitSet();
    for (int j = 0; j < simplices.size(); j++) {
      BitSet column = boundary(simplices.get(j), places);
      for (BitSet other; (other = byLow.get(column.length() - 1)) != null; ) {
        column.xor(other);
      }
      if (!column.isEmpty()) {
        byLow.put(column.length() - 1, column);
        death.put(column.length() - 1, j);
        negative.set(j);
      }
    }
    List<PersistenceDiagram> diagrams = new ArrayList<>();
    for (int k = 0; k <= maxDegree; k++) {
      List<double[]> intervals = new ArrayList<>();
      for (int i = 0; i < simplices.size(); i++) {
        if (simplices.get(i).vertices().size() == k + 1 && !negative.get(i)) {
          Integer by = death.get(i);
          double end = by == null ? Double.POSITIVE_INFINITY : simplices.get(by).diameter();
          intervals.add(new double[] {simplices.get(i).diameter(), end});
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

  private static BitSet boundary(Simplex simplex, Map<List<Integer>, Integer> places) {
    BitSet column = new BitSet();
    if (simplex.vertices().size() == 1) {
      return column;
    }
    for (int v : simplex.vertices()) {
      List<Integer> facet = simplex.vertices().stream().filter(w -> w != v).toList();
      column.set(Objects.requireNonNull(places.get(facet)));
    }
    return column;
  }

  private static List<Simplex> simplices(DistanceMatrix d, int maxDimension, double threshold) {
    List<Simplex> all = new ArrayList<>();
    for (int subset = 1; subset < 1 << d.size(); subset++) {
      if (Integer.bitCount(subset) <= maxDimension + 1) {
        List<Integer> vertices = new ArrayList<>();
        for (int v = 0; v < d.size(); v++) {
          if ((subset >> v & 1) == 1) {
            vertices.add(v);
          }
        }
        double diameter = 0;
        for (int v : vertices) {
          for (int w : vertices) {
            diameter = Math.max(diameter, d.distance(v, w));
          }
        }
        if (diameter <= threshold && diameter < Double.POSITIVE_INFINITY) {
          all.add(new Simplex(vertices, diameter));
        }
      }
    }
    all.sort(
        Comparator.comparingDouble(Simplex::diameter).thenComparingInt(s -> s.vertices().size()));
    return all;
  }
}
