package topolip.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import topolip.study.StudyResult;
import topolip.study.StudyResult.Association;
import topolip.study.StudyResult.Trained;

/// The result of a study on the screen.
final class StudySummary {
  private static final int STRONGEST = 10;

  private StudySummary() {}

  static String of(StudyResult result) {
    return networks(result) + "\n\n" + associations(result);
  }

  private static Table networks(StudyResult result) {
    Set<String> perturbations = new LinkedHashSet<>();
    result.networks().forEach(network -> perturbations.addAll(network.accuracies().keySet()));
    List<String> header = new ArrayList<>(List.of("network", "seed", "accuracy"));
    header.addAll(perturbations);
    header.add("TopoLip");
    header.add("scale-free");
    Table table = new Table(header.toArray(String[]::new));
    for (Trained network : result.networks()) {
      List<String> row = new ArrayList<>();
      row.add(network.network());
      row.add(Long.toString(network.seed()));
      row.add(percent(network.accuracy() == null ? null : network.accuracy().share()));
      perturbations.forEach(name -> row.add(percent(network.accuracies().get(name))));
      row.add(number(network.measures().get("adjacent union raw mean")));
      row.add(number(network.measures().get("adjacent union scale-free mean")));
      table.add(row.toArray(String[]::new));
    }
    return table;
  }

  /// The strongest associations over all networks; what is found in parts of them is in the report.
  private static String associations(StudyResult result) {
    List<Association> strongest =
        result.associations().stream()
            .filter(a -> a.among().equals("all"))
            .sorted(
                Comparator.comparingDouble(Association::familyWise)
                    .thenComparingDouble(a -> -Math.abs(a.spearman())))
            .limit(STRONGEST)
            .toList();
    if (strongest.isEmpty()) {
      return "Too few networks for correlations: four at least, of different losses.";
    }
    Table table = new Table("measure", "loss under", "rho", "p", "corrected p");
    for (Association a : strongest) {
      table.add(a.measure(), a.loss(), number(a.spearman()), number(a.p()), number(a.familyWise()));
    }
    return "Correlations over networks (means over seeds) that chance explains least; the corrected p"
        + " is corrected for\nthe measures of a loss, not for the number of losses:\n"
        + table;
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(@Nullable Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.4g", value);
  }
}
