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

class EvaluationTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 2);
  private final Model model = new AnalyticModel(SHAPE, 2);

  /// Image i is (1, 0) where i is even, (0, 1) where it is odd.
  private static Images alternating(int from, int to) {
    float[] values = new float[2 * (to - from)];
    for (int i = from; i < to; i++) {
      values[2 * (i - from) + i % 2] = 1;
    }
    return Images.wrap(SHAPE, values);
  }

  @Test
  void countsWhereTheLargestLogitIsTheLabel() throws IOException {
    int[] labels = new int[130];
    for (int i = 0; i < 130; i++) {
      labels[i] = i < 100 ? i % 2 : 1 - i % 2;
    }
    Accuracy accuracy =
        Evaluation.accuracy(model, labels, EvaluationTest::alternating, Progress.NONE);

    assertThat(accuracy.correct()).isEqualTo(100);
    assertThat(accuracy.total()).isEqualTo(130);
    // statsmodels proportion_confint(100, 130, method="wilson")
    assertThat(accuracy.low()).isCloseTo(0.6897074, within(1e-7));
    assertThat(accuracy.high()).isCloseTo(0.8332994, within(1e-7));
  }

  @Test
  void labelThatTheModelDoesNotKnowIsRefused() {
    assertThatThrownBy(() ->
            Evaluation.accuracy(
                model, new int[] {0, 7}, EvaluationTest::alternating, Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "analytic has 2 classes, but the data have label 7; choose the data it was trained on");
  }

  @Test
  void logitThatIsNanIsNoPrediction() {
    assertThatThrownBy(() ->
            Evaluation.accuracy(
                model,
                new int[1],
                (from, to) -> {
                  float[] nan = new float[2];
                  Arrays.fill(nan, Float.NaN);
                  return Images.wrap(SHAPE, nan);
                },
                Progress.NONE))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("logit 0 is NaN");
  }
}
