package topolip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import topolip.study.Study.Subject;
import topolip.study.StudyResult;
import topolip.study.StudyResult.Trained;

/// What one changed parameter does to TopoLip, bounds and accuracy: networks that differ from
/// another in one thing, below that one.
final class SweepRows {
  static final List<String> CONSTANTS =
      List.of("log10 of the bound", "log10 of the bound on sample", "log10 of the constant found");

  private final StudyResult result;
  private final Set<String> perturbations;
  private final Set<String> degrees;

  SweepRows(StudyResult result, Set<String> perturbations) {
    this.result = result;
    this.perturbations = perturbations;
    this.degrees = TopoLipRows.degrees(result.networks());
  }

  /// The names of the columns between the change and the accuracies under perturbations.
  List<String> header() {
    List<String> header = new ArrayList<>(List.of("parameters", "accuracy"));
    degrees.forEach(degree -> header.add("TopoLip, " + name(degree)));
    degrees.forEach(degree -> header.add("scale-free, " + name(degree)));
    header.addAll(CONSTANTS);
    header.addAll(perturbations);
    return header;
  }

  private static String name(String degree) {
    return degree.equals("union") ? "degrees together" : "degree " + degree;
  }

  /// One row a network: those that others differ from, each with them below it. Empty if there are
  /// none.
  List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Subject base : result.study().networks()) {
      List<Subject> changed =
          result.study().networks().stream().filter(n -> base.name().equals(n.base())).toList();
      if (!changed.isEmpty()) {
        rows.add(row(base, base.name()));
        changed.forEach(n -> rows.add(row(n, Objects.requireNonNull(n.change()))));
      }
    }
    return rows;
  }

  private Map<String, Object> row(Subject network, String change) {
    List<Trained> seeds =
        result.networks().stream().filter(n -> n.network().equals(network.name())).toList();
    List<String> cells = new ArrayList<>();
    cells.add(Numbers.count(seeds.getFirst().parameters()));
    cells.add(percent(seeds, seed -> seed.accuracy() == null ? null : seed.accuracy().share()));
    for (String scaling : List.of("raw", "scale-free")) {
      for (String degree : degrees) {
        cells.add(
            String.join(
                " · ",
                List.of("mean", "max", "last").stream()
                    .map(s -> number(seeds, "adjacent %s %s %s".formatted(degree, scaling, s)))
                    .toList()));
      }
    }
    CONSTANTS.forEach(constant -> cells.add(number(seeds, constant)));
    perturbations.forEach(name -> cells.add(percent(seeds, seed -> seed.accuracies().get(name))));
    return Map.of("change", change, "base", network.base() == null, "cells", cells);
  }

  private static String number(List<Trained> seeds, String measure) {
    return Objects.requireNonNull(TopoLipRows.cell(seeds, measure).get("value"));
  }

  private static String percent(List<Trained> seeds, Function<Trained, @Nullable Double> share) {
    List<Double> shares = seeds.stream().map(share).filter(Objects::nonNull).toList();
    return shares.size() < seeds.size()
        ? Numbers.number(null)
        : "%.1f %%".formatted(100 * shares.stream().mapToDouble(x -> x).average().orElse(0));
  }
}
