package topolip.perturb.attack;

import java.util.List;
import topolip.model.Accuracy;

/// What a suite of attacks found.
///
/// @param suite its name
/// @param stages its attacks, in their order
/// @param points the worst case of each point, in their order: the adversarial image of the first
///   attack that fooled the model, with the questions of all attacks until then
public record SuiteResult(String suite, List<Stage> stages, List<AttackedPoint> points) {

  public SuiteResult {
    stages = List.copyOf(stages);
    points = List.copyOf(points);
  }

  /// One attack of a suite.
  ///
  /// @param configuration all of it
  /// @param attacked how many points were left for it
  /// @param fooled for how many of these it found an adversarial image
  public record Stage(String name, String configuration, int attacked, int fooled) {

    /// How many points are robust after it.
    public int robust() {
      return attacked - fooled;
    }
  }

  /// The clean accuracy.
  public Accuracy clean() {
    int wrong =
        (int) points.stream().filter(p -> p.outcome() == AttackedPoint.Outcome.WRONG).count();
    return Accuracy.of(points.size() - wrong, points.size());
  }

  /// The share of points that are classified correctly whatever the attack, an upper bound of the
  /// robust accuracy.
  public Accuracy robust() {
    return Accuracy.of((int) points.stream().filter(AttackedPoint::robust).count(), points.size());
  }
}
