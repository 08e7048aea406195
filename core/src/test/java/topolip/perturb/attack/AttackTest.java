package topolip.perturb.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.engine.Progress;
import topolip.model.AnalyticModel;

/// What holds for every attack on every model.
class AttackTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);
  private static final ReluNet NET = new ReluNet(SHAPE, 20, 5, new SplittableRandom(3));
  private static final LinearModel LINEAR = LinearModel.random(SHAPE, 5, new SplittableRandom(4));

  private static double eps(Norm norm) {
    return switch (norm) {
      case L_INF -> 0.03;
      case L_2 -> 0.3;
      case L_1 -> 2;
    };
  }

  private static Stream<DynamicTest> each(Claim test) {
    List<DynamicTest> tests = new ArrayList<>();
    for (PlainModel model : List.of(LINEAR, NET)) {
      Points points = TestPoints.classifiedBy(model, 12, 0.5, 7);
      for (Norm norm : Norm.values()) {
        List<Attack> attacks = new ArrayList<>(AttackTable.within(new Ball(norm, eps(norm))));
        attacks.addAll(AttackTable.nearest(norm));
        for (Attack attack : attacks) {
          String name = "%s %s %s".formatted(model.getClass().getSimpleName(), norm, attack.name());
          tests.add(DynamicTest.dynamicTest(name, () -> test.check(attack, model, points)));
        }
      }
    }
    return tests.stream();
  }

  private interface Claim {
    void check(Attack attack, PlainModel model, Points points);
  }

  private static List<AttackedPoint> run(Attack attack, PlainModel model, Points points) {
    return attack.run(model, points, 5, Progress.NONE);
  }

  private static float[] logits(PlainModel model, float[] image) {
    return model.forward(Images.wrap(SHAPE, image), List.of()).logits();
  }

  @TestFactory
  Stream<DynamicTest> imagesAreInTheBallAndTheBoxAndWhatTheyAreSaidToBe() {
    return each((attack, model, points) -> {
      List<AttackedPoint> results = run(attack, model, points);
      for (int p = 0; p < points.count(); p++) {
        AttackedPoint result = results.get(p);
        float[] image = result.image();
        double largest = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < image.length; i++) {
          assertThat(image[i]).isBetween(0f, 1f);
          double move = Math.abs((double) image[i] - points.image(p)[i]);
          largest = Math.max(largest, move);
          sum += move;
          squares += move * move;
        }
        double distance =
            switch (attack.norm()) {
              case L_INF -> largest;
              case L_2 -> Math.sqrt(squares);
              case L_1 -> sum;
            };
        assertThat(result.distance()).isEqualTo(distance);
        // Half a unit in the last place of a float below 1 a pixel.
        double rounding =
            switch (attack.norm()) {
              case L_INF -> 3e-8;
              case L_2 -> 3e-8 * Math.sqrt(image.length);
              case L_1 -> 3e-8 * image.length;
            };
        assertThat(distance).isLessThanOrEqualTo(attack.bound() + rounding);
        int prediction = PointLoss.best(logits(model, image), -1);
        assertThat(result.prediction()).isEqualTo(prediction);
        assertThat(result.label()).isEqualTo(points.label(p));
        if (attack.aim() == Aim.UNTARGETED) {
          assertThat(result.robust()).isEqualTo(prediction == points.label(p));
        }
        assertThat(result.queries()).isGreaterThan(result.gradients());
        assertThat(result.gradients() > 0).isEqualTo(attack.usesGradients());
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> aPointsResultDoesNotDependOnTheOthers() {
    return each((attack, model, points) -> {
      List<AttackedPoint> together = run(attack, model, points);
      Points backwards = points.subset(9, 4, 0);
      List<AttackedPoint> alone = run(attack, model, backwards);
      for (int i = 0; i < 3; i++) {
        AttackedPoint expected = together.get(new int[] {9, 4, 0}[i]);
        assertThat(alone.get(i).image()).isEqualTo(expected.image());
        assertThat(alone.get(i).queries()).isEqualTo(expected.queries());
        assertThat(alone.get(i).outcome()).isEqualTo(expected.outcome());
      }
    });
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void noRadiusIsTheIdentity(Norm norm) {
    Points points = TestPoints.classifiedBy(NET, 6, 0.5, 8);
    for (Attack attack : AttackTable.within(new Ball(norm, 0))) {
      List<AttackedPoint> results = run(attack, NET, points);
      for (int p = 0; p < points.count(); p++) {
        assertThat(results.get(p).robust()).as(attack.toString()).isTrue();
        assertThat(results.get(p).image()).isEqualTo(points.image(p));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void moreStepsAndStartsKeepWhatWasFound(Norm norm) {
    Points points = TestPoints.classifiedBy(NET, 60, 0.5, 9);
    Ball ball = new Ball(norm, 0.6 * eps(norm));
    int fewer = 61;
    for (int[] budget : new int[][] {{1, 1}, {5, 1}, {5, 3}, {5, 8}}) {
      Pgd pgd =
          new Pgd(
              ball,
              budget[0],
              ball.eps() / 4,
              Pgd.Start.RANDOM,
              budget[1],
              0,
              Objective.CROSS_ENTROPY,
              Aim.UNTARGETED,
              Keep.FIRST);
      int robust = robust(run(pgd, NET, points));
      assertThat(robust).isLessThanOrEqualTo(fewer);
      fewer = robust;
    }
  }

  private static int robust(List<AttackedPoint> results) {
    return (int) results.stream().filter(AttackedPoint::robust).count();
  }

  @Test
  void apgdFoolsAtLeastAsManyAsPgdOfTheSameBudget() {
    Points points = TestPoints.classifiedBy(NET, 200, 0.5, 10);
    for (Norm norm : List.of(Norm.L_INF, Norm.L_2)) {
      Ball ball = new Ball(norm, norm == Norm.L_INF ? 0.012 : 0.15);
      int pgd = robust(run(Pgd.of(ball, 50), NET, points));
      int apgd = robust(run(new Apgd(ball, Objective.CROSS_ENTROPY, 50, 1), NET, points));
      assertThat(pgd).isBetween(10, 190);
      assertThat(apgd).isLessThanOrEqualTo(pgd);
    }
  }

  @Test
  void wrongPointsAreNotAttacked() {
    Points right = TestPoints.classifiedBy(NET, 1, 0.5, 11);
    int other = (right.label(0) + 1) % NET.classes();
    Points wrong = Points.of(right.images(), new int[] {other}, new int[] {0});
    AttackedPoint result = run(Pgd.of(new Ball(Norm.L_INF, 0.1), 5), NET, wrong).getFirst();

    assertThat(result.outcome()).isEqualTo(AttackedPoint.Outcome.WRONG);
    assertThat(result.image()).isEqualTo(right.image(0));
    assertThat(result.queries()).isEqualTo(1);
  }

  @Test
  void theStrongestImageHasAtLeastTheMarginOfTheFirst() {
    Points points = TestPoints.classifiedBy(NET, 20, 0.5, 12);
    Ball ball = new Ball(Norm.L_INF, 0.05);
    Pgd first = Pgd.of(ball, 20);
    Pgd strongest =
        new Pgd(
            ball,
            20,
            ball.eps() / 4,
            Pgd.Start.RANDOM,
            1,
            0,
            Objective.CROSS_ENTROPY,
            Aim.UNTARGETED,
            Keep.STRONGEST);
    List<AttackedPoint> one = run(first, NET, points);
    List<AttackedPoint> two = run(strongest, NET, points);
    for (int p = 0; p < points.count(); p++) {
      assertThat(two.get(p).outcome()).isEqualTo(one.get(p).outcome());
      assertThat(margin(two.get(p))).isGreaterThanOrEqualTo(margin(one.get(p)));
    }
  }

  private static double margin(AttackedPoint point) {
    float[] z = logits(NET, point.image());
    return z[PointLoss.best(z, point.label())] - z[point.label()];
  }

  @Test
  void interruptsCancel() {
    Points points = TestPoints.classifiedBy(NET, 4, 0.5, 13);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run(Pgd.of(new Ball(Norm.L_INF, 0.1), 5), NET, points))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatCannotBeRunIsRefused() {
    Ball ball = new Ball(Norm.L_INF, 0.1);
    Points points = TestPoints.classifiedBy(NET, 1, 0.5, 14);
    AnalyticModel plain = new AnalyticModel(SHAPE, 1);
    assertThatThrownBy(() -> Pgd.of(ball, 5).run(plain, points, 1, Progress.NONE))
        .hasMessage("pgd-5 needs gradients, which analytic has not with this engine");
    assertThatThrownBy(
            () -> new Apgd(ball, Objective.DLR, 5, 1).run(two(), points, 1, Progress.NONE))
        .hasMessage("apgd-dlr needs 3 classes, but plain has 2");
    Points unknown = Points.of(points.images(), new int[] {7}, new int[] {0});
    assertThatThrownBy(() -> Pgd.of(ball, 5).run(NET, unknown, 1, Progress.NONE))
        .hasMessage("label 7 of point 0 is none of the 5 classes of plain");
    assertThatThrownBy(() -> Square.of(new Ball(Norm.L_1, 1), 5))
        .hasMessage("square is defined in linf and l2, not in l1");
    assertThatThrownBy(() -> new Ball(Norm.L_2, -1))
        .hasMessage("eps must be at least 0 and finite: -1.0");
    float[] outside = new float[SHAPE.values()];
    outside[3] = 1.5f;
    assertThatThrownBy(() -> Points.of(Images.wrap(SHAPE, outside), new int[] {0}, new int[] {0}))
        .hasMessage("images must be in [0, 1]; one value is 1.5");
  }

  private static PlainModel two() {
    return LinearModel.random(SHAPE, 2, new SplittableRandom(1));
  }

  @Test
  void configurationsAreWhole() {
    assertThat(Pgd.of(new Ball(Norm.L_2, 0.5), 20).toString().toLowerCase(Locale.ROOT))
        .isEqualTo(
            "pgd(ball=l2:0.5, steps=20, step=0.125, start=random, starts=1, momentum=0.0,"
                + " loss=cross-entropy, aim=untargeted, keep=first)");
    assertThat(Pgd.fgsm(new Ball(Norm.L_INF, 0.5)).name()).isEqualTo("fgsm");
  }
}
