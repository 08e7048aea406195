package topolip.perturb.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import topolip.engine.Progress;
import topolip.model.Model;

/// A way to look for adversarial images, with its whole configuration.
///
/// `toString` is that configuration, fit for a result file.
public sealed interface Attack
    permits Pgd, Apgd, TargetedApgd, Fab, DeepFool, CarliniWagner, Square, RandomNoise {

  /// A short name for tables, such as `apgd-ce`.
  String name();

  /// How distances are measured.
  Norm norm();

  /// The largest distance that counts; infinite if the attack looks for the least one.
  double bound();

  /// The class to reach.
  default Aim aim() {
    return Aim.UNTARGETED;
  }

  /// Which adversarial image is returned.
  default Keep keep() {
    return Keep.FIRST;
  }

  /// Whether it needs a [DifferentiableModel].
  default boolean usesGradients() {
    return true;
  }

  /// The fewest classes that it makes sense for.
  default int classesNeeded() {
    return 2;
  }

  /// Whether an image may be returned.
  default boolean allows(float[] clean, float[] image) {
    return bound() == Double.POSITIVE_INFINITY || new Ball(norm(), bound()).contains(clean, image);
  }

  /// Attacks points, each by itself: the result of one depends on the model, the image, the label,
  /// the seed and its id, as far as the model's answers do not depend on the batch.
  ///
  /// Points that the model classifies wrongly are not attacked.
  ///
  /// @return one result a point, in their order
  /// @throws IllegalArgumentException if the model has other images, too few classes, no class for
  ///   a label, or no gradients where they are needed
  /// @throws ArithmeticException if a logit is NaN
  /// @throws CancellationException if the calling thread was interrupted
  default List<AttackedPoint> run(Model model, Points points, long seed, Progress progress) {
    Eligibility.require(this, model, points);
    Rounds rounds = new Rounds(model);
    List<float[]> logits = rounds.logits(points);
    List<Search> searches = new ArrayList<>();
    for (int point = 0; point < points.count(); point++) {
      searches.add(new Search(this, points, point, logits.get(point), seed));
    }
    try (Progress.Stage stage = progress.begin(model.name() + ": " + name(), points.count())) {
      rounds.run(PointAttack.of(this), searches, stage);
    }
    return searches.stream().map(Search::result).toList();
  }
}
