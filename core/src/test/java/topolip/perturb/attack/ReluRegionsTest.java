package topolip.perturb.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import topolip.dataset.ImageShape;
import topolip.engine.Progress;

/// With two pixels, the regions in which a ReLU network is affine are polygons: the nearest image
/// of another class is found exactly by enumerating them.
class ReluRegionsTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 2);
  private static final int WIDTH = 4;

  /// `a x + b y + c`.
  private record Affine(double a, double b, double c) {
    double at(double[] p) {
      return a * p[0] + b * p[1] + c;
    }

    Affine plus(double factor, Affine other) {
      return new Affine(a + factor * other.a, b + factor * other.b, c + factor * other.c);
    }
  }

  private static Affine hidden(ReluNet net, int unit) {
    double[] w = net.hidden.weights[unit];
    return new Affine(w[0], w[1], net.hidden.biases[unit]);
  }

  /// The part of a convex polygon where a function is not negative.
  private static List<double[]> clipped(List<double[]> polygon, Affine f) {
    List<double[]> result = new ArrayList<>();
    for (int i = 0; i < polygon.size(); i++) {
      double[] p = polygon.get(i);
      double[] q = polygon.get((i + 1) % polygon.size());
      double fp = f.at(p);
      double fq = f.at(q);
      if (fp >= 0) {
        result.add(p);
      }
      if ((fp < 0 && fq > 0) || (fp > 0 && fq < 0)) {
        double t = fp / (fp - fq);
        result.add(new double[] {p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])});
      }
    }
    return result;
  }

  private static double distance(List<double[]> polygon, float[] image) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < polygon.size(); i++) {
      double[] p = polygon.get(i);
      double[] q = polygon.get((i + 1) % polygon.size());
      double dx = q[0] - p[0];
      double dy = q[1] - p[1];
      double length = dx * dx + dy * dy;
      double t =
          length == 0
              ? 0
              : Math.clamp(((image[0] - p[0]) * dx + (image[1] - p[1]) * dy) / length, 0, 1);
      least = Math.min(least, Math.hypot(p[0] + t * dx - image[0], p[1] + t * dy - image[1]));
    }
    return least;
  }

  /// The least ℓ₂ distance in the box, infinite if all of it has one class.
  private static double exact(ReluNet net, float[] image, int label) {
    double least = Double.POSITIVE_INFINITY;
    for (int pattern = 0; pattern < 1 << WIDTH; pattern++) {
      List<double[]> region =
          List.of(
              new double[] {0, 0}, new double[] {1, 0}, new double[] {1, 1}, new double[] {0, 1});
      for (int unit = 0; unit < WIDTH; unit++) {
        boolean active = (pattern >> unit & 1) == 1;
        Affine h = hidden(net, unit);
        region = clipped(region, active ? h : new Affine(0, 0, 0).plus(-1, h));
      }
      for (int other = 0; other < net.output.length; other++) {
        if (other != label && !region.isEmpty()) {
          Affine margin = new Affine(0, 0, 0);
          for (int unit = 0; unit < WIDTH; unit++) {
            if ((pattern >> unit & 1) == 1) {
              double weight = net.output[other][unit] - net.output[label][unit];
              margin = margin.plus(weight, hidden(net, unit));
            }
          }
          least = Math.min(least, distance(clipped(region, margin), image));
        }
      }
    }
    return least;
  }

  @Test
  void noAttackIsNearerThanTheExactDistanceAndFabReachesItInMostCases() {
    int points = 0;
    int reached = 0;
    for (int seed = 0; seed < 40; seed++) {
      ReluNet net = new ReluNet(SHAPE, WIDTH, 3, new SplittableRandom(seed));
      Points sample = TestPoints.classifiedBy(net, 5, 0.5, seed);
      List<AttackedPoint> fab =
          new Fab(Norm.L_2, Double.POSITIVE_INFINITY, 60, 5, 2).run(net, sample, 1, Progress.NONE);
      List<AttackedPoint> deepFool = DeepFool.of(Norm.L_2).run(net, sample, 1, Progress.NONE);
      for (int p = 0; p < sample.count(); p++) {
        double exact = exact(net, sample.image(p), sample.label(p));
        for (AttackedPoint found : List.of(fab.get(p), deepFool.get(p))) {
          if (!found.robust()) {
            // Single precision of pixels and logits.
            assertThat(found.distance()).isGreaterThanOrEqualTo(exact - 1e-5);
          }
        }
        double eps = 0.999 * Math.min(exact, 2) - 1e-5;
        if (eps > 0) {
          Ball inside = new Ball(Norm.L_2, eps);
          for (Attack attack : AttackTable.within(inside)) {
            if (attack.classesNeeded() <= 3) {
              AttackedPoint result = attack.run(net, sample.subset(p), 1, Progress.NONE).getFirst();
              assertThat(result.robust()).as(attack.toString()).isTrue();
            }
          }
        }
        if (exact < 2) {
          points++;
          reached += !fab.get(p).robust() && fab.get(p).distance() < 1.02 * exact + 1e-5 ? 1 : 0;
        }
      }
    }
    assertThat(points).isGreaterThan(80);
    assertThat(reached / (double) points).isGreaterThan(0.5);
  }
}
