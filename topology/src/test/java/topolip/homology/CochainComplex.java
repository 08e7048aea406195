package topolip.homology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The cochains of one degree of a complex, from its definition, over ℤ/p.
final class CochainComplex {
  private final List<List<Integer>> simplices;
  private final Map<List<Integer>, Integer> places;
  private final List<List<Integer>> facets;
  private final List<List<Integer>> cofacets;
  private final int prime;

  private CochainComplex(
      List<List<Integer>> simplices,
      List<List<Integer>> facets,
      List<List<Integer>> cofacets,
      int prime) {
    this.simplices = simplices;
    this.facets = facets;
    this.cofacets = cofacets;
    this.prime = prime;
    this.places = new HashMap<>();
    simplices.forEach(simplex -> places.put(simplex, places.size()));
  }

  /// What has appeared up to a value.
  static CochainComplex at(
      List<BoundaryMatrixReduction.Simplex> all, double value, int degree, int prime) {
    List<List<Integer>> present =
        all.stream().filter(s -> s.value() <= value).map(s -> s.vertices()).toList();
    return new CochainComplex(
        present.stream().filter(s -> s.size() == degree + 1).toList(),
        present.stream().filter(s -> s.size() == degree).toList(),
        present.stream().filter(s -> s.size() == degree + 2).toList(),
        prime);
  }

  private int[] vector(List<Representative.Term> cochain) {
    int[] vector = new int[simplices.size()];
    for (Representative.Term term : cochain) {
      Integer place = places.get(term.simplex());
      if (place != null) {
        vector[place] = term.coefficient();
      }
    }
    return vector;
  }

  boolean isCocycle(List<Representative.Term> cochain) {
    int[] vector = vector(cochain);
    return cofacets.stream().allMatch(cofacet -> value(cofacet, vector) == 0);
  }

  /// The value of the coboundary on a cofacet.
  private int value(List<Integer> cofacet, int[] vector) {
    int sum = 0;
    for (int i = 0; i < cofacet.size(); i++) {
      List<Integer> facet = BoundaryMatrixReduction.facet(cofacet, i);
      sum += (i % 2 == 0 ? 1 : prime - 1) * vector[places.getOrDefault(facet, -1)];
    }
    return sum % prime;
  }

  int rankModuloCoboundaries(List<List<Representative.Term>> cochains) {
    List<int[]> rows = new ArrayList<>();
    for (List<Integer> facet : facets) {
      int[] coboundary = new int[simplices.size()];
      for (int s = 0; s < simplices.size(); s++) {
        List<Integer> simplex = simplices.get(s);
        for (int i = 0; i < simplex.size(); i++) {
          if (BoundaryMatrixReduction.facet(simplex, i).equals(facet)) {
            coboundary[s] = i % 2 == 0 ? 1 : prime - 1;
          }
        }
      }
      rows.add(coboundary);
    }
    int ofCoboundaries = rank(new ArrayList<>(rows));
    cochains.forEach(cochain -> rows.add(vector(cochain)));
    return rank(rows) - ofCoboundaries;
  }

  private int rank(List<int[]> rows) {
    int rank = 0;
    for (int c = 0; c < simplices.size(); c++) {
      int column = c;
      int[] pivot = rows.stream().filter(row -> row[column] != 0).findFirst().orElse(null);
      if (pivot == null) {
        continue;
      }
      rows.remove(pivot);
      rank++;
      List<int[]> rest = new ArrayList<>();
      for (int[] row : rows) {
        int[] reduced = row.clone();
        while (reduced[c] != 0) {
          for (int k = 0; k < reduced.length; k++) {
            reduced[k] = (reduced[k] + pivot[k]) % prime;
          }
        }
        rest.add(reduced);
      }
      rows.clear();
      rows.addAll(rest);
    }
    return rank;
  }
}
