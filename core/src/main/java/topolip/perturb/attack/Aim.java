package topolip.perturb.attack;

import java.util.Locale;

/// Which class an attack wants to see.
public enum Aim {
  /// Any but the label.
  UNTARGETED,
  /// The class with the largest logit of the clean image, the label left out.
  RUNNER_UP,
  /// The class with the smallest one.
  LEAST_LIKELY;

  static final int ANY = -1;

  /// The target, or [#ANY].
  int target(float[] cleanLogits, int label) {
    return switch (this) {
      case UNTARGETED -> ANY;
      case RUNNER_UP -> PointLoss.best(cleanLogits, label);
      case LEAST_LIKELY -> {
        int[] order = PointLoss.descending(cleanLogits);
        int last = order.length - 1;
        yield order[last] == label ? order[last - 1] : order[last];
      }
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
