package topolip.homology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The classes of degree 0: components, each from its first vertex until it meets one with an
/// earlier first vertex.
final class Components {
  private Components() {}

  static List<Representative> representatives(EdgeFiltration edges) {
    SpanningForest forest = SpanningForest.of(edges);
    List<Representative> classes = new ArrayList<>();
    int[] vertices = IntStream.range(0, edges.vertices()).toArray();
    List<List<Integer>> members = new ArrayList<>();
    for (int v : vertices) {
      members.add(new ArrayList<>(List.of(v)));
    }
    forest.forEach((edge, dying, into) -> {
      if (edges.length(edge) > 0) {
        classes.add(component(dying, edges.length(edge), ends(edges, edge), members.get(dying)));
      }
      members.get(into).addAll(members.get(dying));
      members.get(dying).clear();
    });
    for (int v : vertices) {
      if (!members.get(v).isEmpty()) {
        classes.add(component(v, Double.POSITIVE_INFINITY, List.of(), members.get(v)));
      }
    }
    classes.sort(Comparator.comparingDouble(Representative::death));
    return classes;
  }

  private static List<Integer> ends(EdgeFiltration edges, int edge) {
    return List.of(edges.lower(edge), edges.upper(edge));
  }

  private static Representative component(
      int first, double death, List<Integer> edge, List<Integer> members) {
    List<Representative.Term> cocycle =
        members.stream().sorted().map(v -> new Representative.Term(List.of(v), 1)).toList();
    return new Representative(0, 0, death, List.of(first), edge, cocycle);
  }
}
