package topolip.perturb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.perturb.corruption.Corruption;

class NoiseTest {
  private static final ImageShape SHAPE = new ImageShape(3, 20, 20);

  private static Images grey(int count) {
    float[] values = new float[count * SHAPE.values()];
    Arrays.fill(values, 0.5f);
    return Images.wrap(SHAPE, values);
  }

  private static double[] moments(float[] values) {
    double mean = 0;
    for (float v : values) {
      mean += v / (double) values.length;
    }
    double variance = 0;
    for (float v : values) {
      variance += (v - mean) * (v - mean) / values.length;
    }
    return new double[] {mean, Math.sqrt(variance)};
  }

  @Test
  void gaussianNoiseHasItsStandardDeviation() {
    double[] moments = moments(new GaussianNoise(0.1).apply(grey(20), ids(20), 1).values());

    // 24,000 values: standard errors 6.5e-4 and 4.6e-4.
    assertThat(moments[0]).isCloseTo(0.5, within(3e-3));
    assertThat(moments[1]).isCloseTo(0.1, within(2e-3));
  }

  @Test
  void uniformNoiseStaysWithinItsBound() {
    float[] noisy = new UniformNoise(8 / 255.0).apply(grey(20), ids(20), 1).values();

    assertThat(moments(noisy)[1]).isCloseTo(8 / 255.0 / Math.sqrt(3), within(5e-4));
    for (float v : noisy) {
      assertThat(Math.abs(v - 0.5)).isLessThanOrEqualTo(8 / 255.0 + 1e-7);
    }
  }

  @Test
  void saltAndPepperAreHalfEach() {
    float[] noisy = new SaltPepper(0.1).apply(grey(20), ids(20), 1).values();
    int salt = 0;
    int pepper = 0;
    for (float v : noisy) {
      assertThat(v).isIn(0f, 0.5f, 1f);
      salt += v == 1 ? 1 : 0;
      pepper += v == 0 ? 1 : 0;
    }
    // Of 24,000 values, 1,200 each: standard deviation 34.
    assertThat(salt).isBetween(1_030, 1_370);
    assertThat(pepper).isBetween(1_030, 1_370);
  }

  @Test
  void noiseOfASampleDoesNotDependOnTheBatch() {
    Noise noise = new GaussianNoise(0.2);
    float[] together = noise.apply(grey(3), new int[] {4, 9, 5}, 7).values();
    float[] alone = noise.apply(grey(1), new int[] {9}, 7).values();

    assertThat(Arrays.copyOfRange(together, SHAPE.values(), 2 * SHAPE.values())).isEqualTo(alone);
    assertThat(noise.apply(grey(1), new int[] {9}, 8).values()).isNotEqualTo(alone);
    assertThat(noise.apply(grey(1), new int[] {10}, 7).values()).isNotEqualTo(alone);
  }

  @Test
  void noiseOfDifferentImagesIsUncorrelated() {
    int images = 64;
    float[] noisy = new GaussianNoise(0.05).apply(grey(images), ids(images), 3).values();
    int size = SHAPE.values();
    for (int i = 0; i < images; i++) {
      for (int j = 0; j < i; j++) {
        double product = 0;
        for (int k = 0; k < size; k++) {
          product += (noisy[i * size + k] - 0.5) * (noisy[j * size + k] - 0.5);
        }
        // Correlations of 1,200 values: standard error 0.029, here five of them.
        assertThat(Math.abs(product / size / (0.05 * 0.05))).isLessThan(0.145);
      }
    }
    double[] first = new double[images];
    for (int i = 0; i < images; i++) {
      first[i] = noisy[i * size];
    }
    assertThat(Arrays.stream(first).distinct().count()).isEqualTo(images);
  }

  @Test
  void noisyImagesStayInRangeAndCleanOnesStayClean() {
    Images clean = grey(2);
    float[] noisy = new GaussianNoise(3).apply(clean, ids(2), 1).values();

    for (float v : noisy) {
      assertThat(v).isBetween(0f, 1f);
    }
    assertThat(clean.values()).containsOnly(0.5f);
    assertThat(new GaussianNoise(0).apply(clean, ids(2), 1).values()).containsOnly(0.5f);
  }

  private static int[] ids(int count) {
    int[] ids = new int[count];
    Arrays.setAll(ids, i -> i);
    return ids;
  }

  @Test
  void perturbationsAreParsed() {
    assertThat(Perturbation.parse("gaussian:0.1")).isEqualTo(new GaussianNoise(0.1));
    assertThat(Perturbation.parse("uniform:8/255")).isEqualTo(new UniformNoise(8 / 255.0));
    assertThat(Perturbation.parse("split")).isEqualTo(new SecondSample());
    assertThat(Perturbation.parse("salt-pepper:0.02")).isEqualTo(new SaltPepper(0.02));
    assertThat(Perturbation.parse("corruption:fog:3"))
        .isEqualTo(new Corrupted(Corruption.FOG, 3, null, null));
    for (String text :
        List.of(
            "corruption:fog:3", "corruption:jpeg_compression:5@224", "corruption:frost:3@32:a:b")) {
      assertThat(Perturbation.parse(text)).hasToString(text);
    }
    assertThat(Perturbation.parse("npy:a.npy")).hasToString("npy:a.npy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gaussian",
        "gaussian:",
        "gaussian:x",
        "gaussian:-1",
        "gaussian:25",
        "uniform:8",
        "uniform:1/0",
        "uniform:1e999",
        "fog:3",
        "salt-pepper:1.5",
        "corruption:fog",
        "corruption:fog:6",
        "corruption:fog:x",
        "corruption:fog:3@28",
        "corruption:frost:3",
        "corruption:fog:3:folder",
        "corruption:rain:3",
        "",
        "gaussian:1/2/3",
        "gaussian:0/0"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> Perturbation.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
