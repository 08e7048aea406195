package topolip.perturb.attack;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Attacks as written on the command line.
public final class AttackParser {
  private static final Pattern SYNTAX =
      Pattern.compile("([a-z-]+)(?::([0-9.eE+-]+)(?:/([0-9.eE+-]+))?(?::([0-9]+))?)?");

  private static final List<String> NAMES =
      List.of(
          "fgsm",
          "pgd",
          "apgd",
          "apgd-dlr",
          "apgd-t",
          "fab",
          "square",
          "noise",
          "aa-standard",
          "aa-rand",
          "aa-lite");

  private static final List<String> LEAST_DISTANCE = List.of("deepfool", "cw", "fab");

  private static final int MOST_TARGETS = 9;

  private AttackParser() {}

  /// Whether a text begins with the name of an attack.
  public static boolean isAttack(String text) {
    String name = text.split(":", 2)[0];
    return NAMES.contains(name) || LEAST_DISTANCE.contains(name);
  }

  /// Reads `NAME:EPS` or `NAME:EPS:STEPS`, where EPS is such as 0.03 or 8/255 and NAME one of
  ///
  /// - `fgsm`: one step;
  /// - `pgd`: steps of EPS / 4 from a random start, 20 of them unless STEPS says otherwise;
  /// - `apgd`, `apgd-dlr`, `apgd-t`: 100 steps, the last one towards up to 9 classes;
  /// - `fab`: 100 steps towards up to 9 classes;
  /// - `square`: 5,000 steps; `noise`: 100 draws;
  /// - `aa-standard`, `aa-rand`, `aa-lite`: the suites, which take no STEPS;
  ///
  /// or, without EPS, an attack that looks for the least distance: `deepfool`, `cw` (ℓ₂ only), or
  /// `fab`, of 100 steps.
  ///
  /// @param classes of the model
  /// @throws IllegalArgumentException if it is none of these
  public static Suite parse(String text, Norm norm, int classes) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw unknown(text);
    }
    if (matcher.group(2) == null) {
      return alone(leastDistance(text, norm, classes));
    }
    Ball ball = new Ball(norm, eps(text, matcher));
    if (norm == Norm.L_INF && ball.eps() > 1) {
      throw new IllegalArgumentException(
          "'%s' goes beyond the pixel range [0, 1]; write a radius such as 8/255 or 0.03"
              .formatted(text));
    }
    String name = matcher.group(1);
    int steps = matcher.group(4) == null ? 0 : steps(text, matcher.group(4));
    if (steps > 0 && (name.equals("fgsm") || name.startsWith("aa-"))) {
      throw new IllegalArgumentException("'%s': %s takes no steps".formatted(text, name));
    }
    int targets = Math.min(MOST_TARGETS, classes - 1);
    return switch (name) {
      case "fgsm" -> alone(Pgd.fgsm(ball));
      case "pgd" -> alone(Pgd.of(ball, or(steps, 20)));
      case "apgd" -> alone(new Apgd(ball, Objective.CROSS_ENTROPY, or(steps, 100), 1));
      case "apgd-dlr" -> alone(new Apgd(ball, Objective.DLR, or(steps, 100), 1));
      case "apgd-t" -> alone(new TargetedApgd(ball, Objective.DLR, or(steps, 100), 1, targets));
      case "fab" -> alone(new Fab(norm, ball.eps(), or(steps, 100), 1, targets));
      case "square" -> alone(Square.of(ball, or(steps, 5000)));
      case "noise" -> alone(new RandomNoise(ball, or(steps, 100)));
      case "aa-standard" -> Suite.standard(ball, classes);
      case "aa-rand" -> Suite.randomised(ball, classes);
      case "aa-lite" -> Suite.lite(ball, classes);
      default -> throw unknown(text);
    };
  }

  private static Attack leastDistance(String name, Norm norm, int classes) {
    return switch (name) {
      case "deepfool" -> DeepFool.of(norm);
      case "cw" -> {
        if (norm != Norm.L_2) {
          throw new IllegalArgumentException("'cw' looks for distances in l2, not in " + norm);
        }
        yield CarliniWagner.of();
      }
      case "fab" ->
          new Fab(norm, Double.POSITIVE_INFINITY, 100, 1, Math.min(MOST_TARGETS, classes - 1));
      default -> throw unknown(name);
    };
  }

  private static Suite alone(Attack attack) {
    return new Suite(attack.name(), List.of(attack));
  }

  private static int or(int steps, int otherwise) {
    return steps > 0 ? steps : otherwise;
  }

  private static double eps(String text, Matcher matcher) {
    try {
      double eps = Double.parseDouble(matcher.group(2));
      return matcher.group(3) == null ? eps : eps / Double.parseDouble(matcher.group(3));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' has no radius; use such as 8/255".formatted(text), e);
    }
  }

  private static int steps(String text, String number) {
    try {
      return Eligibility.positive("steps", Integer.parseInt(number));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' has too many steps".formatted(text), e);
    }
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "'%s' is no attack; expected NAME:EPS or NAME:EPS:STEPS, with NAME one of %s; or one of %s"
            .formatted(text, String.join(", ", NAMES), String.join(", ", LEAST_DISTANCE)));
  }
}
