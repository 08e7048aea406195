package topolip.cli;

import java.util.stream.Collectors;
import topolip.lipschitz.Theorem;
import topolip.report.Numbers;

/// A theorem's bound on the screen.
final class TheoremSummary {
  private TheoremSummary() {}

  static String of(TheoremResult result) {
    String parameters =
        result.parameters().stream()
            .map(p -> p.name() + " " + number(p))
            .collect(Collectors.joining(", "));
    return "Theorem %d (reconstructed): %s%n%s%n%n%s%n%n%s%n%n%s%n%n%s"
        .formatted(
            result.theorem(),
            result.statement(),
            parameters,
            hypotheses(result),
            constants(result),
            probability(result.probability()),
            sweep(result));
  }

  private static String number(Theorem.Parameter parameter) {
    return parameter.whole()
        ? Long.toString(Math.round(parameter.value()))
        : Numbers.number(parameter.value());
  }

  private static Table hypotheses(TheoremResult result) {
    Table table = new Table("hypothesis", "left", "right", "holds");
    for (Theorem.Hypothesis hypothesis : result.hypotheses()) {
      table.add(
          hypothesis.statement(),
          Numbers.number(hypothesis.left()),
          Numbers.number(hypothesis.right()),
          hypothesis.holds() ? "yes" : "NO");
    }
    return table;
  }

  private static Table constants(TheoremResult result) {
    Table table = new Table("upper bound", "log10", "Lipschitz constant");
    for (TheoremResult.Constant constant : result.constants()) {
      table.add(constant.source(), Numbers.number(constant.log10()), value(constant));
    }
    return table;
  }

  private static String value(TheoremResult.Constant constant) {
    return constant.vacuous()
        ? "vacuous: it says nothing of inputs that differ by more than rounding"
        : Numbers.number(constant.value());
  }

  private static String probability(Theorem.Probability probability) {
    String joint =
        "It holds with probability at least %s (by the union bound), %s if weights and tokens are"
                .formatted(number(probability.union()), number(probability.independent()))
            + " independent.";
    // With one event alone, the minimum is its probability.
    return probability.printed() > probability.union()
        ? "%s%nThe printed minimum, %s, is not a joint probability."
            .formatted(joint, number(probability.printed()))
        : joint;
  }

  private static String number(double probability) {
    return probability == 0 ? "0 (nothing is said)" : Numbers.number(probability);
  }

  private static Table sweep(TheoremResult result) {
    Table table =
        new Table("moved", "value", "hypotheses", "log10 of the sharpest", "joint probability");
    for (TheoremResult.Moved moved : result.sweep()) {
      table.add(
          moved.parameter(),
          Numbers.number(moved.value()),
          moved.hypotheses() ? "hold" : "fail",
          Numbers.number(moved.constants().getLast().log10()),
          Numbers.number(moved.probability().union()));
    }
    return table;
  }
}
