package topolip.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import topolip.dataset.Dataset;
import topolip.engine.Progress;
import topolip.model.Model;
import topolip.perturb.Perturbation;
import topolip.perturb.SamplePair;
import topolip.perturb.attack.Attack;
import topolip.perturb.attack.AttackParser;
import topolip.perturb.attack.Norm;

/// What is done to images: a perturbation that knows no model, or an attack on the model itself in
/// ℓ∞.
///
/// @param text as on the command line
/// @param perturbation null for an attack
/// @param needsGradients of the model
record Disturbance(String text, @Nullable Perturbation perturbation, boolean needsGradients) {
  /// For what is checked before a model is opened.
  private static final int TYPICAL_CLASSES = 10;

  /// @throws IllegalArgumentException if it is neither
  static Disturbance parse(String text) {
    if (!AttackParser.isAttack(text)) {
      return new Disturbance(text, Perturbation.parse(text), false);
    }
    boolean gradients =
        AttackParser.parse(text, Norm.L_INF, TYPICAL_CLASSES).attacks().stream()
            .anyMatch(Attack::usesGradients);
    return new Disturbance(text, null, gradients);
  }

  /// The samples and what becomes of them; the clean ones are the same for every model.
  SamplePair of(Dataset data, int samples, Model model, long seed, int threads, Progress progress)
      throws IOException {
    return perturbation != null
        ? SamplePair.of(data, samples, perturbation, seed, threads)
        : SamplePair.attacked(
            data,
            samples,
            model,
            AttackParser.parse(text, Norm.L_INF, model.classes()),
            seed,
            progress);
  }

  /// As in results.
  @Override
  public String toString() {
    return perturbation == null ? text : perturbation.toString();
  }

  /// Reads it from the command line.
  static final class Converter implements ITypeConverter<Disturbance> {
    @Override
    public Disturbance convert(String value) {
      try {
        return parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
