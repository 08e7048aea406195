package topolip.lipschitz;

import java.util.Arrays;
import java.util.List;

/// How the constants of a theorem move with each of its parameters, the others staying.
public final class TheoremSweep {
  /// By what a parameter is multiplied.
  private static final double[] FACTORS = {0.25, 0.5, Math.sqrt(0.5), 1, Math.sqrt(2), 2, 4};

  private TheoremSweep() {}

  /// The theorem with one parameter moved.
  ///
  /// @param parameter which
  /// @param value of it
  /// @param theorem with this value
  public record Row(String parameter, double value, Theorem theorem) {
    /// Whether all hypotheses hold.
    public boolean holds() {
      return theorem.hypotheses().stream().allMatch(Theorem.Hypothesis::holds);
    }
  }

  /// Each parameter from a quarter to four times its value, in at most seven steps; whole numbers
  /// are rounded, to at least 1. Parameters that are 0 do not move.
  public static List<Row> of(Theorem theorem) {
    return theorem.parameters().stream()
        .flatMap(parameter ->
            Arrays.stream(FACTORS)
                .map(factor -> moved(parameter, factor))
                .distinct()
                .mapToObj(value ->
                    new Row(parameter.name(), value, theorem.with(parameter.name(), value))))
        .toList();
  }

  private static double moved(Theorem.Parameter parameter, double factor) {
    double value = parameter.value() * factor;
    return parameter.whole() ? Math.max(1, Math.rint(value)) : value;
  }
}
