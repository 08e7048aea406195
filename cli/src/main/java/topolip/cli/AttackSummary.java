package topolip.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import topolip.model.Accuracy;
import topolip.perturb.attack.AccuracyCurve;
import topolip.perturb.attack.LeastDistances;

/// The result of attacks on the screen.
final class AttackSummary {
  private static final List<Double> SHOWN = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

  private AttackSummary() {}

  static String of(AttackResult result) {
    Table table =
        new Table("attack", "accuracy", "95 % interval", "correct", "queries", "gradients");
    add(table, "none", result.clean(), "", "");
    Table distances = new Table("attack", "5 %", "25 %", "median", "75 %", "95 %", "not found");
    for (AttackResult.Outcome outcome : result.attacks()) {
      if (outcome.distances() != null) {
        addDistances(distances, outcome.argument(), outcome.distances());
      }
      if (outcome.robust() != null) {
        add(
            table,
            outcome.argument(),
            outcome.robust(),
            "%,d".formatted(outcome.queries()),
            "%,d".formatted(outcome.gradients()));
      }
    }
    Accuracy worst = result.worstCase();
    if (worst != null && result.attacks().size() > 1) {
      add(table, "worst case", worst, "", "");
    }
    AccuracyCurve curve = result.curve();
    if (curve != null) {
      for (AccuracyCurve.Value value : curve.values()) {
        add(table, "pgd at " + Double.toString(value.eps()), value.accuracy(), "", "");
      }
    }
    String warnings =
        result.warnings().stream()
            .map(warning -> "\nwarning: " + warning.message())
            .collect(Collectors.joining());
    String of =
        result.model()
            + (result.transferredFrom() == null ? "" : ", attacks on " + result.transferredFrom())
            + ", "
            + result.norm();
    boolean least = result.attacks().stream().anyMatch(outcome -> outcome.distances() != null);
    String nearest = least ? "%n%ndistances of the nearest%n%n%s".formatted(distances) : "";
    return "%s%n%n%s%s%s".formatted(of, table, nearest, warnings);
  }

  private static void addDistances(Table table, String name, LeastDistances distances) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    for (LeastDistances.AtShare quantile : distances.quantiles()) {
      if (SHOWN.contains(quantile.share())) {
        Double distance = quantile.distance();
        cells.add(distance == null ? "–" : String.format(Locale.ROOT, "%.4g", distance));
      }
    }
    cells.add("%d/%d".formatted(distances.notFound(), distances.points()));
    table.add(cells.toArray(String[]::new));
  }

  private static void add(
      Table table, String name, Accuracy accuracy, String queries, String gradients) {
    table.add(
        name,
        String.format(Locale.ROOT, "%.1f %%", 100 * accuracy.share()),
        String.format(Locale.ROOT, "[%.1f, %.1f]", 100 * accuracy.low(), 100 * accuracy.high()),
        "%d/%d".formatted(accuracy.correct(), accuracy.total()),
        queries,
        gradients);
  }
}
