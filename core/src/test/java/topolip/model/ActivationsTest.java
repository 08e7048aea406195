package topolip.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.engine.Progress;

class ActivationsTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 3);
  private static final int SAMPLES = 150;
  private final Model model = new AnalyticModel(SHAPE, 2, 3);

  @TempDir Path folder;

  private static float pixel(int sample, int k) {
    return (sample * 6 + k) / 1000f;
  }

  private static Images images(int from, int to) {
    float[] values = new float[6 * (to - from)];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixel(from + i / 6, i % 6);
    }
    return Images.wrap(SHAPE, values);
  }

  private Activations record(long memory) throws IOException {
    return Activations.record(
        model, model.taps(), SAMPLES, ActivationsTest::images, memory, folder, Progress.NONE);
  }

  private static void assertActivations(Activations activations) {
    assertThat(activations.taps()).hasSize(3);
    float[] factors = {1, 2, 6};
    for (int t = 0; t < 3; t++) {
      assertThat(activations.cloud(t).size()).isEqualTo(SAMPLES);
      for (int i = 0; i < SAMPLES; i++) {
        for (int k = 0; k < 6; k++) {
          assertThat(activations.cloud(t).coordinate(i, k)).isEqualTo(factors[t] * pixel(i, k));
        }
      }
    }
  }

  @Test
  void cloudsHoldEverySampleOfEveryTap() throws IOException {
    try (Activations activations = record(1 << 20)) {
      assertActivations(activations);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void whatExceedsTheBudgetIsSpilledAndReadsTheSame() throws IOException {
    // One cloud is 3,600 bytes: three quarters of 6,000 hold one of the three.
    try (Activations activations = record(6000)) {
      assertActivations(activations);
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void budgetOfNothingStillServesOneSampleAtATime() throws IOException {
    try (Activations activations = record(1)) {
      assertActivations(activations);
    }
  }

  @Test
  void infiniteActivationIsRefusedByName() {
    Model exploding = new AnalyticModel(SHAPE, 2, Float.MAX_VALUE, Float.MAX_VALUE);

    assertThatThrownBy(() ->
            Activations.record(
                exploding,
                exploding.taps(),
                SAMPLES,
                ActivationsTest::images,
                1 << 20,
                folder,
                Progress.NONE))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageMatching(
            "analytic: layer \\d \\(scale\\d\\) is (NaN|Infinity) at sample \\d+, feature \\d; a"
                + " profile needs finite activations");
    assertThat(folder).isEmptyDirectory();
  }
}
