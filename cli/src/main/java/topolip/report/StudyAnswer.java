package topolip.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import topolip.study.StudyResult;
import topolip.study.StudyResult.Association;
import topolip.study.StudyResult.Trained;

/// A study in words, each of them from its numbers, whichever way they point.
final class StudyAnswer {
  private static final double SIGNIFICANT = 0.05;
  private static final String ALL = "all";
  private static final String HEADLINE = "adjacent union scale-free mean";

  private StudyAnswer() {}

  static List<String> of(StudyResult result) {
    List<String> sentences = new ArrayList<>();
    sentences.add(families(result.networks()));
    Map<String, List<Association>> byLoss =
        result.associations().stream()
            .filter(association -> association.among().equals(ALL))
            .collect(
                Collectors.groupingBy(Association::loss, LinkedHashMap::new, Collectors.toList()));
    if (byLoss.isEmpty()) {
      sentences.add(
          "No correlations: they need four networks at least, of which not all lose the same.");
    } else {
      sentences.add(headline(byLoss));
      sentences.add(strongest(byLoss));
    }
    return sentences;
  }

  /// The means of each family: what the paper claims differs.
  private static String families(List<Trained> networks) {
    return networks.stream()
        .collect(Collectors.groupingBy(Trained::family, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(family -> {
          List<Trained> of = family.getValue();
          double lost =
              of.stream()
                  .flatMap(network -> network.losses().values().stream())
                  .mapToDouble(x -> x)
                  .average()
                  .orElse(Double.NaN);
          double topolip =
              of.stream()
                  .map(network -> network.measures().get(HEADLINE))
                  .filter(Objects::nonNull)
                  .mapToDouble(x -> x)
                  .average()
                  .orElse(Double.NaN);
          return "%s (%d trained networks): scale-free TopoLip %s, %.1f points of accuracy lost on average over all perturbations"
              .formatted(family.getKey(), of.size(), Numbers.number(topolip), 100 * lost);
        })
        .collect(Collectors.joining("; ", "", "."));
  }

  /// What the claim is about: TopoLip against each loss.
  private static String headline(Map<String, List<Association>> byLoss) {
    List<String> parts = new ArrayList<>();
    byLoss.forEach((loss, associations) ->
        associations.stream()
            .filter(a -> a.measure().equals(HEADLINE))
            .findFirst()
            .ifPresent(a ->
                parts.add(
                    "%s ρ = %s (p = %s)"
                        .formatted(loss, Numbers.number(a.spearman()), Numbers.number(a.p())))));
    return parts.isEmpty()
        ? "Scale-free TopoLip is undefined for some network, or the same for all."
        : "Scale-free TopoLip against the accuracy lost, over networks: "
            + String.join(", ", parts)
            + ".";
  }

  /// Of each loss, the measure that chance explains least, if it stands after correction.
  private static String strongest(Map<String, List<Association>> byLoss) {
    List<String> parts = new ArrayList<>();
    byLoss.forEach((loss, associations) -> {
      Association least =
          associations.stream()
              .min(
                  Comparator.comparingDouble(Association::familyWise)
                      .thenComparingDouble(a -> -Math.abs(a.spearman())))
              .orElseThrow();
      if (least.familyWise() <= SIGNIFICANT) {
        parts.add(
            "of %s %s (ρ = %s, corrected p = %s)"
                .formatted(
                    loss,
                    least.measure(),
                    Numbers.number(least.spearman()),
                    Numbers.number(least.familyWise())));
      }
    });
    int measures = byLoss.values().stream().mapToInt(List::size).max().orElse(0);
    String counted =
        "corrected for their number, of up to %d measures for each of %d losses"
            .formatted(measures, byLoss.size());
    return parts.isEmpty()
        ? "What stands out, " + counted + ": none."
        : "What stands out, " + counted + ": " + String.join("; ", parts) + ".";
  }
}
