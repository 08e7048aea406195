package topolip.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topolip.perturb.attack.Attack;
import topolip.perturb.attack.AttackParser;
import topolip.perturb.attack.Norm;

/// Which attacks are run, and on what.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AttackOptions {
  private static final int TYPICAL_CLASSES = 10;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--attack",
      paramLabel = "A",
      defaultValue = "aa-lite:8/255",
      description = "An attack; may be given several times (default: ${DEFAULT-VALUE}).")
  List<String> attacks;

  @Option(
      names = "--norm",
      paramLabel = "N",
      defaultValue = "linf",
      converter = NormConverter.class,
      description = "Norm of the perturbations: linf, l2 or l1 (default: ${DEFAULT-VALUE}).")
  Norm norm;

  @Option(
      names = "--transfer-from",
      paramLabel = "OTHER",
      converter = ModelFile.Converter.class,
      description =
          "Attack this network instead, and report what MODEL makes of the images found; pgd then"
              + " keeps the image with the largest margin. --mean and --std are MODEL's alone.")
  @Nullable ModelFile surrogate;

  @Option(
      names = "--curve",
      paramLabel = "EPS,...",
      hideParamSyntax = true,
      split = ",",
      converter = RadiusConverter.class,
      description = "Also the accuracy under PGD of 20 steps at radii such as 1/255,2/255.")
  List<Double> curve = List.of();

  @Option(
      names = "--check",
      description = "Also look for signs of masked gradients, with attacks of its own (slower).")
  boolean check;

  /// What is wrong with the attacks is said before anything is opened.
  List<Attack> checked() {
    List<Attack> asked;
    try {
      asked =
          attacks.stream()
              .flatMap(text -> AttackParser.parse(text, norm, TYPICAL_CLASSES).attacks().stream())
              .toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
    boolean least = asked.stream().anyMatch(attack -> attack.bound() == Double.POSITIVE_INFINITY);
    if (surrogate != null && (least || !curve.isEmpty() || check)) {
      throw wrong(
          "--transfer-from takes attacks with a radius, such as pgd:8/255, and neither --curve nor"
              + " --check, which are about MODEL itself");
    }
    if (check && asked.getFirst().bound() == Double.POSITIVE_INFINITY) {
      throw wrong("--check takes its radius from the first --attack, which has none");
    }
    return asked;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /// Adds every option as resolved.
  void describe(Map<String, Object> options) {
    options.put("attacks", attacks);
    options.put("norm", norm.toString());
    options.put("curve", curve);
    options.put("check", check);
    if (surrogate != null) {
      options.put("transferFrom", surrogate.toString());
    }
  }
}
