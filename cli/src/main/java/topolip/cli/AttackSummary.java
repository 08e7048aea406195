package topolip.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import topolip.model.Accuracy;
import topolip.perturb.attack.AccuracyCurve;

/// The result of attacks on the screen.
final class AttackSummary {
  private AttackSummary() {}

  static String of(AttackResult result) {
    Table table =
        new Table("attack", "accuracy", "95 % interval", "correct", "queries", "gradients");
    add(table, "none", result.clean(), "", "");
    for (AttackResult.Outcome outcome : result.attacks()) {
      add(
          table,
          outcome.argument(),
          outcome.robust(),
          "%,d".formatted(outcome.queries()),
          "%,d".formatted(outcome.gradients()));
    }
    if (result.attacks().size() > 1) {
      add(table, "worst case", result.worstCase(), "", "");
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
    return "%s, %s%n%n%s%s".formatted(result.model(), result.norm(), table, warnings);
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
