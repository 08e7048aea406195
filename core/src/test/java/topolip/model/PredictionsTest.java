package topolip.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.engine.Progress;

class PredictionsTest {

  private static float log(double p) {
    return (float) Math.log(p);
  }

  @Test
  void probabilitiesAreTheSoftmax() {
    Predictions predictions =
        Predictions.wrap(new float[] {1000, 1000, -1000, log(0.5), log(0.3), log(0.2)}, 3, 0, 1);
    assertThat(predictions.probabilities(0)).containsExactly(0.5, 0.5, 0);
    assertThat(predictions.prediction(0)).isZero();
    assertThat(predictions.confidence(1)).isCloseTo(0.5, within(1e-7));
    assertThat(predictions.entropy(0)).isCloseTo(Math.log(2), within(1e-12));
    double entropy = -(0.5 * Math.log(0.5) + 0.3 * Math.log(0.3) + 0.2 * Math.log(0.2));
    assertThat(predictions.entropy(1)).isCloseTo(entropy, within(1e-7));
  }

  /// Four samples of confidence 0.7, of which three are right, and two of 0.9, of which one is:
  /// gaps of 0.05 and 0.4.
  @Test
  void calibrationIsTheMeanGapOfBins() {
    float[] logits = new float[12];
    for (int s = 0; s < 6; s++) {
      logits[2 * s] = log(s < 4 ? 0.7 : 0.9);
      logits[2 * s + 1] = log(s < 4 ? 0.3 : 0.1);
    }
    PredictionSummary summary = Predictions.wrap(logits, 2, 0, 0, 0, 1, 0, 1).summary();
    assertThat(summary.calibrationError()).isCloseTo((4 * 0.05 + 2 * 0.4) / 6, within(1e-6));
    assertThat(summary.confidence()).isCloseTo((4 * 0.7 + 2 * 0.9) / 6, within(1e-6));
    assertThat(summary.accuracy().correct()).isEqualTo(4);
    // Wilson's interval of 4 of 6, from its formula with z = 1.959964.
    assertThat(summary.accuracy().low()).isCloseTo(0.30000, within(1e-4));
    assertThat(summary.accuracy().high()).isCloseTo(0.90323, within(1e-4));
  }

  @Test
  void sureAndRightIsCalibrated() {
    PredictionSummary summary = Predictions.wrap(new float[] {900, 0, 0, 900}, 2, 0, 1).summary();
    assertThat(summary.calibrationError()).isZero();
    assertThat(summary.entropy()).isZero();
  }

  @Test
  void batchesDoNotMatter() throws IOException {
    ImageShape shape = new ImageShape(1, 1, 2);
    AnalyticModel model = new AnalyticModel(shape, 3);
    float[] values = new float[200];
    for (int i = 0; i < 200; i++) {
      values[i] = i % 7 / 7f;
    }
    int[] labels = new int[100];
    Predictions all =
        Predictions.of(
            model,
            labels,
            (from, to) -> Images.wrap(shape, Arrays.copyOfRange(values, 2 * from, 2 * to)),
            Progress.NONE);
    assertThat(all.count()).isEqualTo(100);
    for (int s = 0; s < 100; s++) {
      assertThat(all.prediction(s)).isEqualTo(values[2 * s + 1] > values[2 * s] ? 1 : 0);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Predictions.wrap(new float[5], 2, 0, 1))
        .hasMessage("5 logits of 2 classes for 2 labels");
    assertThatThrownBy(() -> Predictions.wrap(new float[2], 2, 2))
        .hasMessage("label 2 is none of 2 classes");
    assertThatThrownBy(() -> Predictions.wrap(new float[] {0, Float.NaN}, 2, 1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("logit 1 of sample 0 is NaN");
  }
}
