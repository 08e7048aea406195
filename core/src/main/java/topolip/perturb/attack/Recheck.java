package topolip.perturb.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.model.Model;

/// Asks a model about images that attacks have found.
public final class Recheck {
  private Recheck() {}

  /// The places of points whose prediction the model does not repeat. Of the model attacked there
  /// should be none; randomised models and engines whose numbers depend on the batch have some.
  ///
  /// @throws IllegalArgumentException if the images have not the model's shape
  public static List<Integer> disagreements(Model model, List<AttackedPoint> points) {
    int[] predictions = predictions(model, points);
    return IntStream.range(0, predictions.length)
        .filter(p -> predictions[p] != points.get(p).prediction())
        .boxed()
        .toList();
  }

  /// Transfer: what another model makes of these images. A point is wrong if that model
  /// misclassifies the clean image, fooled if it misclassifies the adversarial one.
  ///
  /// @param clean the points that were attacked, in the same order
  /// @param found what attacks on a surrogate model found for them
  /// @throws IllegalArgumentException if the points differ, or the images have not the model's
  ///   shape
  public static List<AttackedPoint> transferred(
      Model target, Points clean, List<AttackedPoint> found) {
    if (clean.count() != found.size()) {
      throw new IllegalArgumentException(
          "%d clean points, but %d attacked ones".formatted(clean.count(), found.size()));
    }
    List<float[]> logits = new Rounds(target).logits(clean);
    int[] predictions = predictions(target, found);
    List<AttackedPoint> results = new ArrayList<>();
    for (int p = 0; p < predictions.length; p++) {
      AttackedPoint point = found.get(p);
      if (point.id() != clean.id(p) || point.label() != clean.label(p)) {
        throw new IllegalArgumentException(
            "point %d is %d of class %d, but was attacked as %d of class %d"
                .formatted(p, clean.id(p), clean.label(p), point.id(), point.label()));
      }
      boolean wrong = PointLoss.best(logits.get(p), -1) != point.label();
      boolean fooled = predictions[p] != point.label();
      results.add(
          new AttackedPoint(
              point.id(),
              point.label(),
              wrong
                  ? AttackedPoint.Outcome.WRONG
                  : fooled ? AttackedPoint.Outcome.FOOLED : AttackedPoint.Outcome.ROBUST,
              predictions[p],
              point.image(),
              point.distance(),
              "transfer of " + point.attack(),
              2,
              0));
    }
    return results;
  }

  private static int[] predictions(Model model, List<AttackedPoint> points) {
    ImageShape shape = model.inputShape();
    float[] values = new float[Math.multiplyExact(points.size(), shape.values())];
    for (int p = 0; p < points.size(); p++) {
      float[] image = points.get(p).image();
      if (image.length != shape.values()) {
        throw new IllegalArgumentException(
            "%s takes images of %s, not of %d values".formatted(model.name(), shape, image.length));
      }
      System.arraycopy(image, 0, values, p * image.length, image.length);
    }
    int[] unused = new int[points.size()];
    Points images = Points.of(Images.wrap(shape, values), unused, unused);
    return new Rounds(model)
        .logits(images).stream().mapToInt(logits -> PointLoss.best(logits, -1)).toArray();
  }
}
