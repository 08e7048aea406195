package topolip.perturb.attack;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;

/// Random images with the classes that a model gives them.
final class TestPoints {
  private TestPoints() {}

  /// @param spread of the values around 0.5; at most 0.5
  static Points classifiedBy(PlainModel model, int count, double spread, long seed) {
    ImageShape shape = model.inputShape();
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count * shape.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 + spread * (2 * random.nextDouble() - 1));
    }
    Images images = Images.wrap(shape, values);
    float[] logits = model.forward(images, List.of()).logits();
    int[] labels = new int[count];
    for (int s = 0; s < count; s++) {
      int from = s * model.classes();
      labels[s] = PointLoss.best(Arrays.copyOfRange(logits, from, from + model.classes()), -1);
    }
    return Points.of(images, labels, IntStream.range(100, 100 + count).toArray());
  }
}
