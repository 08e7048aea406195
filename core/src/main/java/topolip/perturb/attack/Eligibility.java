package topolip.perturb.attack;

import topolip.model.DifferentiableModel;
import topolip.model.Model;

/// Whether an attack can be run on a model.
final class Eligibility {
  private Eligibility() {}

  static void require(Attack attack, Model model, Points points) {
    if (!points.shape().equals(model.inputShape())) {
      throw new IllegalArgumentException(
          "%s takes images of %s, not of %s"
              .formatted(model.name(), model.inputShape(), points.shape()));
    }
    if (attack.usesGradients() && !(model instanceof DifferentiableModel)) {
      throw new IllegalArgumentException(
          "%s needs gradients, which %s has not with this engine"
              .formatted(attack.name(), model.name()));
    }
    if (model.classes() < attack.classesNeeded()) {
      throw new IllegalArgumentException(
          "%s needs %d classes, but %s has %d"
              .formatted(attack.name(), attack.classesNeeded(), model.name(), model.classes()));
    }
    for (int point = 0; point < points.count(); point++) {
      int label = points.label(point);
      if (label < 0 || label >= model.classes()) {
        throw new IllegalArgumentException(
            "label %d of point %d is none of the %d classes of %s"
                .formatted(label, point, model.classes(), model.name()));
      }
    }
  }

  /// @throws IllegalArgumentException if a count is below 1
  static int positive(String what, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(what + " must be at least 1: " + count);
    }
    return count;
  }

  /// @throws IllegalArgumentException if a size is not positive and finite
  static double positive(String what, double size) {
    if (!(size > 0) || size == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(what + " must be above 0 and finite: " + size);
    }
    return size;
  }
}
