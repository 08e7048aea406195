package topolip.perturb.attack;

import java.util.Locale;

/// The function of the logits whose gradient an attack follows; with a target, its targeted
/// version.
public enum Objective {
  /// The cross-entropy of the softmax.
  CROSS_ENTROPY(2, 2),
  /// The largest other logit less that of the label.
  MARGIN(2, 2),
  /// The difference of logits ratio, which neither shift nor scale of the logits changes: Croce and
  /// Hein 2020, arXiv:2003.01690.
  DLR(3, 4);

  private final int classes;
  private final int targetedClasses;

  Objective(int classes, int targetedClasses) {
    this.classes = classes;
    this.targetedClasses = targetedClasses;
  }

  int classesNeeded(boolean targeted) {
    return targeted ? targetedClasses : classes;
  }

  PointLoss loss(int label, int target) {
    boolean any = target == Aim.ANY;
    return switch (this) {
      case CROSS_ENTROPY -> any ? PointLoss.crossEntropy(label) : PointLoss.towards(target);
      case MARGIN -> any ? PointLoss.margin(label) : PointLoss.marginTowards(target);
      case DLR -> any ? PointLoss.dlr(label) : PointLoss.dlr(label, target);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
