package topolip.homology;

import java.util.List;
import java.util.function.IntUnaryOperator;

/// A class of persistent cohomology: its interval, the simplices that make and end it, and a
/// cocycle.
///
/// The cocycle represents the class in every complex of the filtration from birth until just before
/// death; it is one of many. In degree 1 the ends of the birth edge are the last to close the loop,
/// and the vertices of the death triangle the first to fill it.
///
/// @param degree the degree of the class
/// @param birth when it appears
/// @param death when it ends, `+∞` if it is essential
/// @param birthSimplex the vertices of the simplex with which it appears, increasing
/// @param deathSimplex the vertices of the simplex with which it ends, increasing; empty if it is
///   essential
/// @param cocycle the simplices of dimension `degree` on which the cocycle is not 0
public record Representative(
    int degree,
    double birth,
    double death,
    List<Integer> birthSimplex,
    List<Integer> deathSimplex,
    List<Term> cocycle) {

  public Representative {
    birthSimplex = List.copyOf(birthSimplex);
    deathSimplex = List.copyOf(deathSimplex);
    cocycle = List.copyOf(cocycle);
  }

  /// The same with other numbers for the vertices, in the same order: those of landmarks in their
  /// cloud, say.
  ///
  /// @throws IllegalArgumentException if the order of a simplex's vertices changes, since that is
  ///   its orientation
  public Representative renumbered(IntUnaryOperator numbers) {
    return new Representative(
        degree,
        birth,
        death,
        renumbered(birthSimplex, numbers),
        renumbered(deathSimplex, numbers),
        cocycle.stream()
            .map(term -> new Term(renumbered(term.simplex, numbers), term.coefficient))
            .toList());
  }

  private static List<Integer> renumbered(List<Integer> simplex, IntUnaryOperator numbers) {
    List<Integer> vertices = simplex.stream().map(numbers::applyAsInt).toList();
    for (int i = 1; i < vertices.size(); i++) {
      if (vertices.get(i - 1) >= vertices.get(i)) {
        throw new IllegalArgumentException(
            "the vertices %s would be numbered %s, in another order".formatted(simplex, vertices));
      }
    }
    return vertices;
  }

  /// The value of a cocycle on a simplex.
  ///
  /// @param simplex its vertices, increasing, which is also its orientation
  /// @param coefficient from 1 to p − 1
  public record Term(List<Integer> simplex, int coefficient) {
    public Term {
      simplex = List.copyOf(simplex);
    }
  }
}
