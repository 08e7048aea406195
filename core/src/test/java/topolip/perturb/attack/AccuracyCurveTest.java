package topolip.perturb.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import topolip.dataset.ImageShape;
import topolip.engine.Progress;

class AccuracyCurveTest {
  private static final ImageShape SHAPE = new ImageShape(1, 6, 6);
  private static final LinearModel MODEL = LinearModel.random(SHAPE, 2, new SplittableRandom(8));
  private static final Points POINTS = TestPoints.classifiedBy(MODEL, 80, 0.3, 2);
  private static final double[] EPS = {0, 0.01, 0.02, 0.05, 0.1, 0.3};

  private static int robustByFormula(double eps) {
    int robust = 0;
    for (int p = 0; p < POINTS.count(); p++) {
      robust += MODEL.boxRadius(POINTS.image(p), POINTS.label(p), Norm.L_INF) > eps ? 1 : 0;
    }
    return robust;
  }

  @Test
  void curvesOfALinearModelAreItsRadii() {
    List<AttackedPoint> nearest =
        new Fab(Norm.L_INF, Double.POSITIVE_INFINITY, 50, 1, 1)
            .run(MODEL, POINTS, 1, Progress.NONE);
    AccuracyCurve one = AccuracyCurve.of(Norm.L_INF, nearest, EPS);
    AccuracyCurve two =
        AccuracyCurve.of(MODEL, POINTS, Norm.L_INF, Pgd::fgsm, 1, Progress.NONE, EPS);
    for (int i = 0; i < EPS.length; i++) {
      int expected = robustByFormula(EPS[i]);
      assertThat(two.values().get(i).accuracy().correct()).isEqualTo(expected);
      // Its distances are up to 1 % too long.
      assertThat(one.values().get(i).accuracy().correct())
          .isBetween(expected, robustByFormula(0.985 * EPS[i]));
    }
    assertThat(robustByFormula(0.02)).isBetween(10, 70);
  }

  @Test
  void accuracyNeverRisesWithTheRadius() {
    ReluNet net = new ReluNet(SHAPE, 12, 4, new SplittableRandom(1));
    Points points = TestPoints.classifiedBy(net, 80, 0.5, 3);
    AccuracyCurve curve =
        AccuracyCurve.of(
            net, points, Norm.L_2, ball -> Pgd.of(ball, 5), 1, Progress.NONE, 0, .1, .2, .4, .8);
    assertThat(curve.values().getFirst().accuracy().correct()).isEqualTo(80);
    for (int i = 1; i < 5; i++) {
      assertThat(curve.values().get(i).accuracy().correct())
          .isLessThanOrEqualTo(curve.values().get(i - 1).accuracy().correct());
    }
    assertThat(curve.values().getLast().accuracy().correct()).isLessThan(60);
  }

  @Test
  void theQuantilesAreThoseOfAllPoints() {
    List<AttackedPoint> points = new ArrayList<>();
    double[] distances = {0.3, 0.1, 0.2};
    for (double distance : distances) {
      points.add(point(points.size(), AttackedPoint.Outcome.FOOLED, distance));
    }
    assertThat(LeastDistances.of(points).median()).isEqualTo(0.2);
    points.add(point(3, AttackedPoint.Outcome.WRONG, 0));
    assertThat(LeastDistances.of(points).median()).isCloseTo(0.15, within(1e-12));
    points.add(point(4, AttackedPoint.Outcome.ROBUST, 0));
    LeastDistances least = LeastDistances.of(points);
    assertThat(least.median()).isEqualTo(0.2);
    assertThat(least.points()).isEqualTo(5);
    assertThat(least.wrong()).isEqualTo(1);
    assertThat(least.notFound()).isEqualTo(1);
    assertThat(least.quantiles())
        .extracting(LeastDistances.AtShare::distance)
        .containsExactly(0.0, 0.0, 0.1, 0.2, 0.3, null, null);
    assertThat(AccuracyCurve.of(Norm.L_2, points, 0, 0.15, 0.3).values())
        .extracting(value -> value.accuracy().correct())
        .containsExactly(4, 3, 1);
    assertThatThrownBy(() -> LeastDistances.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Just before and at each distance, every other radius gives one of these accuracies.
  @Test
  void curvesFallAtTheDistances() {
    List<AttackedPoint> nearest =
        List.of(
            point(0, AttackedPoint.Outcome.FOOLED, 0.3),
            point(1, AttackedPoint.Outcome.FOOLED, 0.1),
            point(2, AttackedPoint.Outcome.FOOLED, 0.3),
            point(3, AttackedPoint.Outcome.WRONG, 0),
            point(4, AttackedPoint.Outcome.ROBUST, 0));
    List<AccuracyCurve.Value> values = AccuracyCurve.steps(Norm.L_2, nearest).values();
    assertThat(values).extracting(AccuracyCurve.Value::eps).containsExactly(0.0, 0.1, 0.3);
    assertThat(values).extracting(value -> value.accuracy().correct()).containsExactly(4, 3, 1);
    assertThat(AccuracyCurve.of(Norm.L_2, nearest, 0.0999, 0.2999).values())
        .extracting(value -> value.accuracy().correct())
        .containsExactly(4, 3);
  }

  private static AttackedPoint point(int id, AttackedPoint.Outcome outcome, double distance) {
    return new AttackedPoint(id, 0, outcome, 1, new float[1], distance, "by hand", 1, 0);
  }

  @Test
  void theWorstCaseIsAtMostEach() {
    ReluNet net = new ReluNet(SHAPE, 12, 4, new SplittableRandom(1));
    Points points = TestPoints.classifiedBy(net, 60, 0.5, 4);
    Ball ball = new Ball(Norm.L_INF, 0.02);
    List<List<AttackedPoint>> each = new ArrayList<>();
    for (Attack attack : AttackTable.within(ball)) {
      each.add(attack.run(net, points, 1, Progress.NONE));
    }
    List<AttackedPoint> worst = WorstCase.over(each);
    for (int p = 0; p < points.count(); p++) {
      int place = p;
      assertThat(worst.get(p).robust())
          .isEqualTo(each.stream().allMatch(results -> results.get(place).robust()));
      if (!worst.get(p).robust()) {
        double least =
            each.stream()
                .map(results -> results.get(place))
                .filter(result -> !result.robust())
                .mapToDouble(AttackedPoint::distance)
                .min()
                .orElseThrow();
        assertThat(worst.get(p).distance()).isEqualTo(least);
      }
    }
    assertThatThrownBy(() -> WorstCase.over(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    List<AttackedPoint> turned = new ArrayList<>(each.getFirst());
    Collections.reverse(turned);
    assertThatThrownBy(() -> WorstCase.over(Arrays.asList(each.getFirst(), turned)))
        .hasMessageContaining("attacks on different points");
  }

  @Test
  void radiiGrow() {
    assertThatThrownBy(() -> AccuracyCurve.of(Norm.L_2, List.of(), 0.2, 0.1))
        .hasMessage("radii must be at least 0 and grow: [0.2, 0.1]");
  }
}
