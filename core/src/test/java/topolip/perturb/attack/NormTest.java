package topolip.perturb.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topolip.dataset.SampleRandom;

class NormTest {
  private static final int SIZE = 7;

  private static float[] uniform(SplittableRandom random, double low, double high) {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return values;
  }

  /// Hölder's inequality is an equality.
  @ParameterizedTest
  @EnumSource(Norm.class)
  void theSteepestStepGainsTheDualNorm(Norm norm) {
    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < 20; k++) {
      double[] gradient = random.doubles(SIZE, -1, 1).toArray();
      gradient[2] = -gradient[5]; // a tie
      double[] step = gradient.clone();
      norm.steepest(step);
      double gain = 0;
      for (int i = 0; i < SIZE; i++) {
        gain += step[i] * gradient[i];
      }
      assertThat(norm.of(step)).isCloseTo(1, within(1e-12));
      assertThat(gain).isCloseTo(norm.dual().of(gradient), within(1e-12));
    }
    double[] flat = new double[SIZE];
    norm.steepest(flat);
    assertThat(flat).containsOnly(0);
  }

  /// Of ten thousand random points of ball and box, none is nearer.
  @ParameterizedTest
  @EnumSource(Norm.class)
  void projectionsAreInsideAndNearest(Norm norm) {
    SplittableRandom random = new SplittableRandom(2);
    for (int k = 0; k < 10; k++) {
      float[] clean = uniform(random, 0, 1);
      float[] far = uniform(random, -1, 2);
      float[] projected = far.clone();
      norm.project(clean, projected, 0.5);
      assertThat(norm.distance(clean, projected)).isLessThanOrEqualTo(0.5 + 1e-6);
      for (float value : projected) {
        assertThat(value).isBetween(0f, 1f);
      }
      if (norm != Norm.L_2) {
        double distance = Norm.L_2.distance(far, projected);
        UniformRandomProvider draws = SampleRandom.of(3, k);
        for (int draw = 0; draw < 10_000; draw++) {
          double[] move = new double[SIZE];
          norm.inBall(draws, move);
          float[] other = clean.clone();
          for (int i = 0; i < SIZE; i++) {
            other[i] = (float) Math.clamp(clean[i] + 0.5 * move[i], 0, 1);
          }
          assertThat(Norm.L_2.distance(far, other)).isGreaterThanOrEqualTo(distance - 1e-6);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void imagesInsideAreLeft(Norm norm) {
    SplittableRandom random = new SplittableRandom(3);
    float[] clean = uniform(random, 0.2, 0.8);
    float[] near = clean.clone();
    for (int i = 0; i < SIZE; i++) {
      near[i] += 0.01f;
    }
    float[] projected = near.clone();
    norm.project(clean, projected, 0.1);
    assertThat(projected).isEqualTo(near);
  }

  /// In the unit ball of dimension d, the norm has the distribution of `u^(1/d)`: mean d / (d + 1).
  @ParameterizedTest
  @EnumSource(Norm.class)
  void drawsAreUniform(Norm norm) {
    double mean = 0;
    double[] first = new double[2];
    for (int k = 0; k < 20_000; k++) {
      UniformRandomProvider random = SampleRandom.of(4, k);
      double[] v = new double[SIZE];
      norm.inBall(random, v);
      double length = norm.of(v);
      assertThat(length).isLessThanOrEqualTo(1 + 1e-12);
      mean += length / 20_000;
      first[v[0] > 0 ? 0 : 1]++;
      norm.onSphere(random, v);
      assertThat(norm.of(v)).isCloseTo(1, within(1e-12));
    }
    // Standard deviation of the length 0.11: of the mean 8e-4.
    assertThat(mean).isCloseTo(7 / 8.0, within(4e-3));
    assertThat(first[0]).isBetween(9_650.0, 10_350.0);
  }

  /// Against many points of the hyperplane in the box.
  @ParameterizedTest
  @EnumSource(Norm.class)
  void movesOntoAHyperplaneAreTheSmallest(Norm norm) {
    SplittableRandom random = new SplittableRandom(5);
    for (int k = 0; k < 20; k++) {
      float[] point = uniform(random, 0, 1);
      double[] weights = random.doubles(SIZE, -1, 1).toArray();
      double gap = random.nextDouble(-0.8, 0.8);
      double[] move = BoxHyperplane.move(norm, point, weights, gap);
      double reached = 0;
      for (int i = 0; i < SIZE; i++) {
        reached += weights[i] * move[i];
        assertThat(point[i] + move[i]).isBetween(-1e-12, 1 + 1e-12);
      }
      double most = 0;
      for (int i = 0; i < SIZE; i++) {
        double up = Math.signum(gap) * weights[i];
        most += Math.abs(weights[i]) * (up > 0 ? 1 - point[i] : point[i]);
      }
      assertThat(Math.abs(reached)).isCloseTo(Math.min(Math.abs(gap), most), within(1e-9));
      if (most > Math.abs(gap)) {
        assertNoneIsSmaller(norm, point, weights, gap, norm.of(move), random);
      }
    }
  }

  private static void assertNoneIsSmaller(
      Norm norm,
      float[] point,
      double[] weights,
      double gap,
      double size,
      SplittableRandom random) {
    for (int draw = 0; draw < 5_000; draw++) {
      double[] other = random.doubles(SIZE, -1, 1).toArray();
      double gained = 0;
      for (int i = 0; i < SIZE; i++) {
        gained += weights[i] * other[i];
      }
      boolean inside = true;
      for (int i = 0; i < SIZE; i++) {
        other[i] *= gap / gained;
        inside &= point[i] + other[i] >= 0 && point[i] + other[i] <= 1;
      }
      assertThat(inside && norm.of(other) < size - 1e-9).isFalse();
    }
  }

  @Test
  void ballsHoldWhatRoundingAdds() {
    float[] clean = {0.3f, 0.7f};
    float[] image = clean.clone();
    new Ball(Norm.L_INF, 8 / 255.0).project(clean, image);
    image[0] = (float) (clean[0] + 8 / 255.0);
    assertThat(new Ball(Norm.L_INF, 8 / 255.0).contains(clean, image)).isTrue();
    image[0] += 1e-6f;
    assertThat(new Ball(Norm.L_INF, 8 / 255.0).contains(clean, image)).isFalse();
  }
}
