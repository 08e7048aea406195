package topolip.perturb.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.engine.Progress;

/// Linear models have closed forms.
class LinearAttackTest {
  private static final ImageShape SHAPE = new ImageShape(3, 6, 6);
  private static final int MODELS = 20;

  private interface Case {
    void check(LinearModel model, Points point, float[] image, int label);
  }

  private static void models(int classes, double spread, Case test) {
    for (int seed = 0; seed < MODELS; seed++) {
      LinearModel model = LinearModel.random(SHAPE, classes, new SplittableRandom(seed));
      Points point = TestPoints.classifiedBy(model, 1, spread, seed);
      test.check(model, point, point.image(0), point.label(0));
    }
  }

  private static AttackedPoint run(Attack attack, LinearModel model, Points points) {
    return attack.run(model, points, 1, Progress.NONE).getFirst();
  }

  private static Pgd pgd(Ball ball, Objective objective) {
    return new Pgd(
        ball, 100, ball.eps() / 10, Pgd.Start.RANDOM, 1, 0, objective, Aim.UNTARGETED, Keep.FIRST);
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void fgsmFoolsTwoClassesJustBeyondTheRadius(Norm norm) {
    // Small values, so that [0, 1] is out of reach within the radius, but for ℓ₁, all of whose step
    // goes into one value.
    models(
        2,
        norm == Norm.L_1 ? 0.01 : 0.1,
        (model, point, image, label) -> {
          double radius = model.radius(image, label, norm);
          if (norm == Norm.L_1 && radius > 0.45) {
            return;
          }
          assertThat(run(Pgd.fgsm(new Ball(norm, 1.001 * radius)), model, point).robust())
              .isFalse();
          assertThat(run(Pgd.fgsm(new Ball(norm, 0.999 * radius)), model, point).robust()).isTrue();
        });
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void noAttackBeatsTheRadiusOfSeveralClasses(Norm norm) {
    models(
        5,
        0.3,
        (model, point, image, label) -> {
          Ball ball = new Ball(norm, 0.999 * model.radius(image, label, norm));
          for (Attack attack : AttackTable.within(ball)) {
            assertThat(run(attack, model, point).robust()).as(attack.toString()).isTrue();
          }
        });
  }

  @Test
  void attacksTowardsEachClassReachTheRadiusInTheBox() {
    for (Norm norm : List.of(Norm.L_INF, Norm.L_2)) {
      models(
          4,
          0.5,
          (model, point, image, label) -> {
            double radius = model.boxRadius(image, label, norm);
            assertThat(radius).isGreaterThanOrEqualTo(model.radius(image, label, norm) - 1e-9);
            Ball ball = new Ball(norm, 1.02 * radius);
            for (Objective objective : List.of(Objective.MARGIN, Objective.DLR)) {
              Attack attack = new TargetedApgd(ball, objective, 100, 1, 3);
              assertThat(run(attack, model, point).robust()).as(attack.toString()).isFalse();
            }
            Ball smaller = new Ball(norm, 0.999 * radius);
            for (Attack attack : AttackTable.within(smaller)) {
              assertThat(run(attack, model, point).robust()).as(attack.toString()).isTrue();
            }
          });
    }
  }

  @Test
  void oneStepAlongTheMarginIsExactForTwoClassesInTheBox() {
    models(
        2,
        0.5,
        (model, point, image, label) -> {
          double radius = model.boxRadius(image, label, Norm.L_INF);
          assertThat(run(oneStep(radius + 1e-5), model, point).robust()).isFalse();
          assertThat(run(oneStep(radius - 1e-5), model, point).robust()).isTrue();
        });
  }

  /// Cross-entropy would not do: its derivatives are in single precision, and vanish for the label
  /// where the model is sure.
  private static Pgd oneStep(double eps) {
    return new Pgd(
        new Ball(Norm.L_INF, eps),
        1,
        eps,
        Pgd.Start.CLEAN,
        1,
        0,
        Objective.MARGIN,
        Aim.UNTARGETED,
        Keep.FIRST);
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void deepFoolIsTheRadiusButForTheOvershoot(Norm norm) {
    models(
        6,
        0.1,
        (model, point, image, label) -> {
          double radius = model.radius(image, label, norm);
          if (norm == Norm.L_1 && radius > 0.39) {
            return;
          }
          AttackedPoint found = run(DeepFool.of(norm), model, point);
          assertThat(found.outcome()).isEqualTo(AttackedPoint.Outcome.FOOLED);
          assertThat(found.distance()).isCloseTo(1.02 * radius, within(1e-4 * radius + 1e-6));
        });
  }

  /// Half of each step is lost to a value that is 0 already, so that steps to the boundary alone
  /// would only approach it: here exactly, since its numbers are floats.
  @Test
  void deepFoolCrossesABoundaryThatClippedStepsApproach() {
    ImageShape two = new ImageShape(1, 1, 2);
    LinearModel model =
        new LinearModel(two, new double[][] {{1, 1}, {0, 0}}, new double[] {-0.5, 0});
    Points point = Points.of(Images.wrap(two, new float[] {0, 0.9f}), new int[] {0}, new int[] {0});
    AttackedPoint found = run(DeepFool.of(Norm.L_2), model, point);
    assertThat(found.outcome()).isEqualTo(AttackedPoint.Outcome.FOOLED);
    assertThat(found.distance()).isCloseTo(0.4, within(2e-4));
  }

  @Test
  void fabFindsTheLeastDistanceInTheBox() {
    for (Norm norm : List.of(Norm.L_INF, Norm.L_2)) {
      models(
          4,
          0.5,
          (model, point, image, label) -> {
            double radius = model.boxRadius(image, label, norm);
            Attack fab = new Fab(norm, Double.POSITIVE_INFINITY, 100, 1, 3);
            double found = run(fab, model, point).distance();
            assertThat(found).isBetween(radius * (1 - 1e-5), radius * 1.01);
            assertThat(run(new Fab(norm, 1.02 * radius, 100, 1, 3), model, point).robust())
                .isFalse();
            assertThat(run(new Fab(norm, 0.99 * radius, 100, 2, 3), model, point).robust())
                .isTrue();
          });
    }
  }

  @Test
  void carliniAndWagnerComeCloseToTheLeastDistance() {
    models(
        3,
        0.3,
        (model, point, image, label) -> {
          double radius = model.boxRadius(image, label, Norm.L_2);
          double found = run(new CarliniWagner(12, 500, 0.01, 0.1, 0), model, point).distance();
          assertThat(found).isBetween(radius * (1 - 1e-5), radius * 1.1);
        });
  }

  @Test
  void crossEntropyMissesWhatTheMarginFindsWithSeveralClasses() {
    int[] missed = new int[2];
    models(
        10,
        0.1,
        (model, point, image, label) -> {
          Ball ball = new Ball(Norm.L_INF, 1.02 * model.radius(image, label, Norm.L_INF));
          missed[0] += run(pgd(ball, Objective.CROSS_ENTROPY), model, point).robust() ? 1 : 0;
          Attack towardsEach = new TargetedApgd(ball, Objective.MARGIN, 20, 1, 9);
          missed[1] += run(towardsEach, model, point).robust() ? 1 : 0;
        });
    assertThat(missed[0]).isPositive();
    assertThat(missed[1]).isZero();
  }

  @Test
  void targetsAreReached() {
    models(
        4,
        0.3,
        (model, point, image, label) -> {
          for (Aim aim : List.of(Aim.RUNNER_UP, Aim.LEAST_LIKELY)) {
            int target = aim.target(toFloats(model.logits(image)), label);
            Pgd pgd =
                new Pgd(
                    new Ball(Norm.L_INF, 0.5),
                    40,
                    0.05,
                    Pgd.Start.CLEAN,
                    1,
                    0,
                    Objective.CROSS_ENTROPY,
                    aim,
                    Keep.FIRST);
            assertThat(run(pgd, model, point).prediction()).isEqualTo(target);
          }
        });
  }

  private static float[] toFloats(double[] z) {
    float[] floats = new float[z.length];
    for (int c = 0; c < z.length; c++) {
      floats[c] = (float) z[c];
    }
    return floats;
  }
}
