package topolip.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    byLoss.forEach((loss, associations) -> sentences.add(sentence(loss, associations)));
    if (byLoss.isEmpty()) {
      sentences.add(
          "No correlations: they need four networks at least, of which not all lose the same.");
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

  private static String sentence(String loss, List<Association> associations) {
    Optional<Association> headline =
        associations.stream().filter(a -> a.measure().equals(HEADLINE)).findFirst();
    Association strongest =
        associations.stream()
            .min(
                Comparator.comparingDouble(Association::familyWise)
                    .thenComparingDouble(a -> -Math.abs(a.spearman())))
            .orElseThrow();
    String first =
        headline
            .map(a ->
                "scale-free TopoLip correlates with it by ρ = %s (p = %s)"
                    .formatted(Numbers.number(a.spearman()), Numbers.number(a.p())))
            .orElse("scale-free TopoLip is undefined for some network");
    String second =
        strongest.familyWise() <= SIGNIFICANT
            ? "of %d measures, %s does most clearly (ρ = %s, p corrected for their number %s)"
                .formatted(
                    associations.size(),
                    strongest.measure(),
                    Numbers.number(strongest.spearman()),
                    Numbers.number(strongest.familyWise()))
            : "none of %d measures stands out after correction for their number (least corrected p = %s)"
                .formatted(associations.size(), Numbers.number(strongest.familyWise()));
    return "Accuracy lost under %s: %s; %s.".formatted(loss, first, second);
  }
}
