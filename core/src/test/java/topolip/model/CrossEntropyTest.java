package topolip.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {

  @Test
  void equalLogitsCostTheLogarithmOfTheClasses() {
    Loss.Values values = CrossEntropy.of(2).at(new float[] {7, 7, 7, 7}, 4);
    assertThat(values.losses()[0]).isCloseTo((float) Math.log(4), within(1e-6f));
    assertThat(values.derivatives()).containsExactly(0.25f, 0.25f, -0.75f, 0.25f);
  }

  @Test
  void hugeLogitsStayFinite() {
    Loss.Values values = CrossEntropy.of(0, 1).at(new float[] {3e38f, 0, 1000, -1000}, 2);
    assertThat(values.losses()).containsExactly(0, 2000);
    assertThat(values.derivatives()).containsExactly(0, 0, 1, -1);
  }

  @Test
  void derivativesAreDifferencesOfLosses() {
    SplittableRandom random = new SplittableRandom(1);
    float[] logits = new float[15];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextDouble(-3, 3);
    }
    CrossEntropy loss = CrossEntropy.of(0, 4, 2);
    Loss.Values values = loss.at(logits, 5);
    float step = 1f / 64;
    for (int i = 0; i < logits.length; i++) {
      float[] more = logits.clone();
      float[] less = logits.clone();
      more[i] += step;
      less[i] -= step;
      float slope =
          (loss.at(more, 5).losses()[i / 5] - loss.at(less, 5).losses()[i / 5]) / (2 * step);
      assertThat(values.derivatives()[i]).isCloseTo(slope, within(1e-4f));
    }
  }

  @Test
  void labelsMustBeClassesAndAsManyAsSamples() {
    assertThatThrownBy(() -> CrossEntropy.of(3).at(new float[3], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label 3 of sample 0 is none of 3 classes");
    assertThatThrownBy(() -> CrossEntropy.of(0, 1).at(new float[3], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 logits of 3 classes for 2 labels");
  }
}
