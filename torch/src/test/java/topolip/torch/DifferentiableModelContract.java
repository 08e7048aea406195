package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.model.CrossEntropy;
import topolip.model.DifferentiableModel;
import topolip.model.Forward;
import topolip.model.LossGradient;
import topolip.model.Tap;

/// What holds of every model with gradients.
public abstract class DifferentiableModelContract {
  private static final int COUNT = 3;

  /// So many that linear layers over tokens are computed by oneDNN.
  private static final int MANY = 16;

  private static final int CALLS = 1000;
  private static final long IMAGE_BYTES = 1 << 16;
  private static final long ALLOWED_BYTES = 32 << 20;

  protected abstract DifferentiableModel open();

  protected static Images images(ImageShape shape, int count) {
    return Images.wrap(shape, random((long) count * shape.values(), 0.1, 0.9, 1));
  }

  protected static float[] random(long count, double low, double high, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(low, high);
    }
    return values;
  }

  private static double dot(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double norm(float[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static CrossEntropy loss(int count) {
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i % 2);
    return CrossEntropy.of(labels);
  }

  @ParameterizedTest
  @ValueSource(ints = {COUNT, MANY})
  void logitsWithAndWithoutGradientAgreeToTheLastBit(int count) {
    try (DifferentiableModel model = open()) {
      Images images = images(model.inputShape(), count);
      float[] before = model.forward(images, List.of()).logits();
      LossGradient gradient = model.lossGradient(images, loss(count));
      assertThat(gradient.logits()).isEqualTo(before);
      assertThat(gradient.losses()).isEqualTo(loss(count).at(before, model.classes()).losses());
      Forward tapped = model.forward(images, model.taps());
      assertThat(tapped.logits()).isEqualTo(before);
      assertThat(tapped.activations().getFirst()).isEqualTo(images.values());
      assertThat(tapped.activations().getLast()).isEqualTo(before);
    }
  }

  /// Nothing that is asked for may have been overwritten, or computed in another way.
  @Test
  void aTapAloneHasTheValuesThatItHasAmongAll() {
    try (DifferentiableModel model = open()) {
      List<Tap> taps = model.taps();
      Images images = images(model.inputShape(), MANY);
      Forward all = model.forward(images, taps);
      for (int t = 0; t < taps.size(); t++) {
        Forward alone = model.forward(images, List.of(taps.get(t)));
        assertThat(alone.activations().getFirst())
            .as(taps.get(t).name())
            .isEqualTo(all.activations().get(t));
        assertThat(alone.logits()).isEqualTo(all.logits());
      }
    }
  }

  @Test
  void tapsHaveTheirShapes() {
    try (DifferentiableModel model = open()) {
      List<Tap> taps = model.taps();
      Forward forward = model.forward(images(model.inputShape(), COUNT), taps);
      for (int t = 0; t < taps.size(); t++) {
        assertThat(taps.get(t).index()).isEqualTo(t);
        assertThat(forward.activations().get(t).length)
            .isEqualTo((int) (COUNT * taps.get(t).features()));
      }
      assertThat(taps.stream().mapToLong(Tap::parameters).sum()).isEqualTo(model.parameters());
      assertThat(taps.stream().map(Tap::name).distinct()).hasSameSizeAs(taps);
    }
  }

  @Test
  void theGradientIsTheSlopeOfTheLoss() {
    try (DifferentiableModel model = open()) {
      Images images = images(model.inputShape(), COUNT);
      float[] gradient = model.lossGradient(images, loss(COUNT)).gradients();
      double size = norm(gradient);
      double step = 1e-2 / size;
      double difference =
          (total(model, moved(images, gradient, step))
                  - total(model, moved(images, gradient, -step)))
              / (2 * step);
      assertThat(difference).isCloseTo(size * size, within(0.01 * size * size));
    }
  }

  private static Images moved(Images images, float[] direction, double step) {
    float[] values = images.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (step * direction[i]);
    }
    return Images.wrap(images.shape(), values);
  }

  private static double total(DifferentiableModel model, Images images) {
    float[] losses =
        loss(images.count())
            .at(model.forward(images, List.of()).logits(), model.classes())
            .losses();
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum;
  }

  /// `⟨v, J d⟩ = ⟨Jᵀ v, d⟩` at every tap: the two products are of one Jacobian.
  @ParameterizedTest
  @ValueSource(ints = {COUNT, MANY})
  void productsWithTheJacobianAreAdjoint(int count) {
    try (DifferentiableModel model = open()) {
      Images images = images(model.inputShape(), count);
      float[] directions = random(images.values().length, -1, 1, 2);
      for (Tap tap : model.taps()) {
        float[] vectors = random(count * tap.features(), -1, 1, 3);
        float[] forwards = model.jacobianVector(images, tap, directions);
        float[] backwards = model.vectorJacobian(images, tap, vectors);
        assertThat(norm(backwards)).isPositive();
        assertThat(dot(vectors, forwards))
            .as(tap.name())
            .isCloseTo(
                dot(backwards, directions), within(1e-4 * norm(backwards) * norm(directions)));
      }
    }
  }

  @Test
  void samplesDoNotInfluenceEachOther() {
    try (DifferentiableModel model = open()) {
      ImageShape shape = model.inputShape();
      float[] three = model.lossGradient(images(shape, COUNT), loss(COUNT)).gradients();
      float[] one = model.lossGradient(images(shape, 1), loss(1)).gradients();
      double tolerance = 1e-4 * norm(one);
      for (int i = 0; i < one.length; i++) {
        assertThat((double) three[i]).isCloseTo(one[i], within(tolerance));
      }
    }
  }

  @Test
  void wrongShapesAreNamed() {
    try (DifferentiableModel model = open()) {
      Images images = images(model.inputShape(), 1);
      Tap logits = model.taps().getLast();
      assertThatThrownBy(() -> model.vectorJacobian(images, logits, new float[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 values, expected " + model.classes());
      assertThatThrownBy(() -> model.jacobianVector(images, logits, new float[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 values, expected " + images.values().length);
      Images other = images(new ImageShape(2, 5, 5), 1);
      assertThatThrownBy(() -> model.forward(other, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2x5x5");
      Tap strange = new Tap(1, "strange", "Add", List.of(1), 0, true);
      assertThatThrownBy(() -> model.forward(images, List.of(strange)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no tap strange");
    }
  }

  /// Calls that kept no more than their images would leave four times of what is allowed.
  @Test
  void memoryReturnsToItsLevel() {
    try (DifferentiableModel model = open()) {
      int count =
          Math.toIntExact(Math.max(1, IMAGE_BYTES / Float.BYTES / model.inputShape().values()));
      Images images = images(model.inputShape(), count);
      Tap tap = model.taps().get(1);
      float[] directions = random(images.values().length, -1, 1, 2);
      long before = 0;
      for (int call = -CALLS / 10; call < CALLS; call++) {
        if (call == 0) {
          before = nativeBytes();
        }
        model.forward(images, List.of(tap));
        model.lossGradient(images, loss(count));
        if (call % 10 == 0) {
          model.jacobianVector(images, tap, directions);
        }
      }
      assertThat(nativeBytes() - before).isLessThan(ALLOWED_BYTES);
    }
  }

  /// What the process holds outside of the Java heap, which the tests' JVM takes whole at its
  /// start.
  private static long nativeBytes() {
    System.gc();
    return Pointer.physicalBytes() - Runtime.getRuntime().totalMemory();
  }
}
