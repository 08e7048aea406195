package topolip.perturb.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PointLossTest {

  private static float[] logits(SplittableRandom random, double scale, double shift) {
    float[] z = new float[6];
    for (int c = 0; c < z.length; c++) {
      z[c] = (float) (scale * random.nextGaussian() + shift);
    }
    return z;
  }

  private static List<PointLoss> losses() {
    return List.of(
        PointLoss.crossEntropy(2),
        PointLoss.towards(4),
        PointLoss.margin(2),
        PointLoss.marginTowards(4),
        PointLoss.difference(1, 5),
        PointLoss.dlr(2),
        PointLoss.dlr(2, 4));
  }

  @Test
  void derivativesAreDifferenceQuotients() {
    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < 20; k++) {
      float[] z = logits(random, 3, 0);
      for (PointLoss loss : losses()) {
        double[] derivatives = new double[6];
        loss.at(z, derivatives);
        for (int c = 0; c < 6; c++) {
          double[] unused = new double[6];
          float[] up = z.clone();
          float[] down = z.clone();
          up[c] += 1e-3f;
          down[c] -= 1e-3f;
          double quotient = (loss.at(up, unused) - loss.at(down, unused)) / (up[c] - down[c]);
          assertThat(derivatives[c]).isCloseTo(quotient, within(2e-3));
        }
      }
    }
  }

  @Test
  void dlrChangesNeitherWithShiftNorWithScale() {
    SplittableRandom random = new SplittableRandom(2);
    for (int k = 0; k < 20; k++) {
      float[] z = logits(random, 1, 0);
      float[] moved = new float[6];
      for (int c = 0; c < 6; c++) {
        moved[c] = 32 * z[c] + 5;
      }
      double[] unused = new double[6];
      for (PointLoss loss : List.of(PointLoss.dlr(2), PointLoss.dlr(2, 4))) {
        assertThat(loss.at(moved, unused)).isCloseTo(loss.at(z, unused), within(1e-4));
      }
    }
  }

  @Test
  void dlrIsItsDefinition() {
    float[] z = {1, 5, 4, 2, 0, -1};
    double[] unused = new double[6];
    assertThat(PointLoss.dlr(1).at(z, unused)).isCloseTo(-(5 - 4) / (5 - 2.0), within(1e-9));
    assertThat(PointLoss.dlr(3).at(z, unused)).isCloseTo(-(2 - 5) / (5 - 2.0), within(1e-9));
    assertThat(PointLoss.dlr(1, 3).at(z, unused))
        .isCloseTo(-(5 - 2) / (5 - (2 + 1) / 2.0), within(1e-9));
  }

  @Test
  void checkpointsOfAHundredStepsAreThePublishedOnes() {
    ApgdSteps.Checkpoints checkpoints = new ApgdSteps.Checkpoints(100, 0);
    List<Integer> halved = new ArrayList<>();
    for (int step = 1; step <= 100; step++) {
      if (checkpoints.halve(0, 0)) {
        halved.add(step);
      }
    }
    assertThat(halved).containsExactly(22, 41, 57, 70, 80, 87, 93, 99);
  }

  @Test
  void stepsAreHalvedWhenTheBestLossStandsStill() {
    ApgdSteps.Checkpoints rising = new ApgdSteps.Checkpoints(100, 0);
    for (int step = 1; step <= 100; step++) {
      assertThat(rising.halve(step, step)).isFalse();
    }
  }

  @Test
  void squaresShrinkAtThePublishedSteps() {
    SquareWalk walk = SquareWalk.of(Square.of(new Ball(Norm.L_INF, 0.1), 5000));
    assertThat(List.of(0, 10, 11, 50, 51, 201, 501, 1001, 2001, 4001, 4999))
        .map(walk::share)
        .containsExactly(0.8, 0.8, 0.4, 0.4, 0.2, 0.1, 0.05, 0.025, 0.0125, 0.00625, 0.00625);
  }
}
