package topolip.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import topolip.homology.PersistenceDiagram;
import topolip.homology.Representative;

/// Intervals as text: CSV with `inf` for the death of an essential class, or JSON with null.
final class IntervalTable {
  private IntervalTable() {}

  private record Interval(int degree, double birth, @Nullable Double death) {}

  private record RepresentedInterval(
      int degree,
      double birth,
      @Nullable Double death,
      List<Integer> birthSimplex,
      List<Integer> deathSimplex,
      List<Representative.Term> cocycle) {}

  private record Intervals(int schemaVersion, List<?> intervals) {}

  static String csv(List<PersistenceDiagram> diagrams) {
    StringBuilder text = new StringBuilder("degree,birth,death\n");
    for (PersistenceDiagram diagram : diagrams) {
      for (int i = 0; i < diagram.size(); i++) {
        text.append(row(diagram.degree(), diagram.birth(i), diagram.death(i))).append('\n');
      }
    }
    return text.toString();
  }

  /// Vertices are separated by `-`, the terms of a cocycle by blanks, with `:coefficient` behind
  /// those other than 1.
  static String csvOfRepresentatives(List<Representative> classes) {
    StringBuilder text =
        new StringBuilder("degree,birth,death,birth_simplex,death_simplex,cocycle\n");
    for (Representative c : classes) {
      String cocycle =
          c.cocycle().stream()
              .map(term ->
                  vertices(term.simplex())
                      + (term.coefficient() == 1 ? "" : ":" + term.coefficient()))
              .collect(Collectors.joining(" "));
      text.append(row(c.degree(), c.birth(), c.death()))
          .append(',')
          .append(vertices(c.birthSimplex()))
          .append(',')
          .append(vertices(c.deathSimplex()))
          .append(',')
          .append(cocycle)
          .append('\n');
    }
    return text.toString();
  }

  private static String row(int degree, double birth, double death) {
    return degree + "," + birth + "," + (death == Double.POSITIVE_INFINITY ? "inf" : "" + death);
  }

  private static String vertices(List<Integer> simplex) {
    return simplex.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  static String json(List<PersistenceDiagram> diagrams) {
    List<Interval> intervals = new ArrayList<>();
    for (PersistenceDiagram diagram : diagrams) {
      for (int i = 0; i < diagram.size(); i++) {
        intervals.add(new Interval(diagram.degree(), diagram.birth(i), finite(diagram.death(i))));
      }
    }
    return json(new Intervals(1, intervals));
  }

  static String jsonOfRepresentatives(List<Representative> classes) {
    return json(
        new Intervals(
            1,
            classes.stream()
                .map(c ->
                    new RepresentedInterval(
                        c.degree(),
                        c.birth(),
                        finite(c.death()),
                        c.birthSimplex(),
                        c.deathSimplex(),
                        c.cocycle()))
                .toList()));
  }

  private static @Nullable Double finite(double death) {
    return death == Double.POSITIVE_INFINITY ? null : death;
  }

  private static String json(Intervals intervals) {
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(intervals)
        + "\n";
  }
}
