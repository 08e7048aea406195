package topolip.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.AttentionTheorem;
import topolip.lipschitz.Bound;
import topolip.lipschitz.ConvolutionTheorem;
import topolip.lipschitz.Theorem;
import topolip.lipschitz.TheoremSweep;
import topolip.profile.Provenance;

/// What `topolip bounds --theorem` prints as JSON, and `result.json` holds.
///
/// @param schemaVersion of the format, 1
/// @param provenance how it was made; null when printed
/// @param theorem its number
/// @param statement what is assumed; right-hand sides are reconstructed
/// @param constants upper bounds of the Lipschitz constant, the sharpest last
/// @param sweep how they move with each parameter
record TheoremResult(
    int schemaVersion,
    @Nullable Provenance provenance,
    int theorem,
    String statement,
    List<Theorem.Parameter> parameters,
    List<Theorem.Hypothesis> hypotheses,
    List<Constant> constants,
    Theorem.Probability probability,
    List<Moved> sweep) {
  static final int SCHEMA_VERSION = 1;

  /// A bound, with what JSON can hold of it.
  ///
  /// @param logarithm natural; null if the constant is 0 or there is none
  /// @param value null if it exceeds a double
  /// @param vacuous whether it says nothing
  record Constant(
      String source,
      String kind,
      @Nullable Double logarithm,
      @Nullable Double log10,
      @Nullable Double value,
      boolean vacuous) {

    static Constant of(Bound bound) {
      return new Constant(
          bound.source(),
          bound.kind().name().toLowerCase(Locale.ROOT),
          finite(bound.logarithm()),
          finite(bound.log10()),
          finite(bound.value()),
          bound.isVacuous());
    }

    private static @Nullable Double finite(double value) {
      return Double.isFinite(value) ? value : null;
    }
  }

  /// The constants with one parameter moved.
  record Moved(
      String parameter,
      double value,
      boolean hypotheses,
      List<Constant> constants,
      Theorem.Probability probability) {

    static Moved of(TheoremSweep.Row row) {
      return new Moved(
          row.parameter(),
          row.value(),
          row.holds(),
          constantsOf(row.theorem()),
          row.theorem().probability());
    }
  }

  static TheoremResult of(int number, Theorem theorem, @Nullable Provenance provenance) {
    return new TheoremResult(
        SCHEMA_VERSION,
        provenance,
        number,
        statement(theorem),
        theorem.parameters(),
        theorem.hypotheses(),
        constantsOf(theorem),
        theorem.probability(),
        TheoremSweep.of(theorem).stream().map(Moved::of).toList());
  }

  private static String statement(Theorem theorem) {
    return switch (theorem) {
      case AttentionTheorem attention ->
          "mean-field attention of %d heads on tokens in the ball of radius %s"
              .formatted(attention.heads(), attention.radius());
      case ConvolutionTheorem convolution ->
          "convolution of stride 1, kernel %dx%d"
              .formatted(convolution.height(), convolution.width());
    };
  }

  private static List<Constant> constantsOf(Theorem theorem) {
    return theorem.bounds().stream().map(Constant::of).toList();
  }
}
