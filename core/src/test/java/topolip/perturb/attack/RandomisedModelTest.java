package topolip.perturb.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import topolip.dataset.ImageShape;
import topolip.engine.Progress;

/// Attacks whose gradients are means of several passes.
class RandomisedModelTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);
  private static final ReluNet NET = new ReluNet(SHAPE, 20, 5, new SplittableRandom(3));
  private static final Ball BALL = new Ball(Norm.L_INF, 0.01);
  private static final Points POINTS = TestPoints.classifiedBy(NET, 100, 0.5, 20);

  private static Apgd apgd(Ball ball, int steps, int passes) {
    return new Apgd(ball, Objective.CROSS_ENTROPY, steps, 1, passes);
  }

  private static long fooled(List<AttackedPoint> points) {
    return points.stream().filter(p -> p.outcome() == AttackedPoint.Outcome.FOOLED).count();
  }

  @Test
  void theSuiteIsThePublishedOne() {
    assertThat(Suite.randomised(new Ball(Norm.L_2, 0.5), 10))
        .hasToString(
            "aa-rand: apgd(ball=l2:0.5, steps=100, starts=1, loss=cross-entropy, passes=20);"
                + " apgd(ball=l2:0.5, steps=100, starts=1, loss=dlr, passes=20)");
    assertThatThrownBy(() -> Suite.randomised(BALL, 2))
        .hasMessage("aa-rand needs 3 classes, not 2");
    assertThatThrownBy(() -> Suite.randomised(new Ball(Norm.L_1, 3), 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> apgd(new Ball(Norm.L_1, 3), 10, 2))
        .hasMessage("apgd in l1 takes one pass at each point, not 2");
  }

  /// A mean of equal gradients is the gradient: the same points are fooled, and asked about so
  /// often.
  @Test
  void withoutRandomnessPassesChangeNothing() {
    List<AttackedPoint> one = apgd(BALL, 15, 1).run(NET, POINTS, 1, Progress.NONE);
    List<AttackedPoint> four = apgd(BALL, 15, 4).run(NET, POINTS, 1, Progress.NONE);
    assertThat(fooled(one)).isBetween(10L, 90L);
    for (int p = 0; p < POINTS.count(); p++) {
      AttackedPoint point = four.get(p);
      assertThat(point.outcome()).isEqualTo(one.get(p).outcome());
      assertThat(point.gradients()).isEqualTo(16 * 4);
      assertThat(point.queries()).isEqualTo(1 + 16 * 4 + (point.robust() ? 0 : 1));
    }
  }

  /// A model that now and then says anything: within a ball of radius 0 there is nothing to find.
  @Test
  void luckyAnswersAreConfirmed() {
    Ball nothing = new Ball(Norm.L_INF, 0);
    double luck = 0.1;
    assertThat(fooled(apgd(nothing, 50, 1).run(lucky(luck), POINTS, 1, Progress.NONE)))
        .isGreaterThan(85);
    // Those that the model gets right at first, and wrong when it is asked once more.
    assertThat(fooled(apgd(nothing, 50, 2).run(lucky(luck), POINTS, 1, Progress.NONE)))
        .isBetween(1L, 25L);
  }

  private static PlainModel lucky(double share) {
    SplittableRandom random = new SplittableRandom(1);
    return new PlainModel(SHAPE, 5) {
      @Override
      double[] logits(float[] image) {
        double[] z = NET.logits(image);
        if (random.nextDouble() < share) {
          Norm.scale(z, -1);
        }
        return z;
      }

      @Override
      double[] pullBack(float[] image, double[] v) {
        return NET.pullBack(image, v);
      }
    };
  }

  @Test
  void meansFindWhatNoisyGradientsHide() {
    long one = fooled(apgd(BALL, 10, 1).run(noisy(), POINTS, 1, Progress.NONE));
    long twenty = fooled(apgd(BALL, 10, 20).run(noisy(), POINTS, 1, Progress.NONE));
    long exact = fooled(apgd(BALL, 10, 1).run(NET, POINTS, 1, Progress.NONE));
    assertThat(one).isLessThan(exact * 2 / 3);
    assertThat(twenty).isGreaterThan(one + 10).isLessThanOrEqualTo(exact + 2);
  }

  private static PlainModel noisy() {
    SplittableRandom random = new SplittableRandom(1);
    return new PlainModel(SHAPE, 5) {
      @Override
      double[] logits(float[] image) {
        return NET.logits(image);
      }

      @Override
      double[] pullBack(float[] image, double[] v) {
        double[] gradient = NET.pullBack(image, v);
        double size = 3 * Norm.L_2.of(gradient) / Math.sqrt(gradient.length);
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] += size * random.nextGaussian();
        }
        return gradient;
      }
    };
  }
}
