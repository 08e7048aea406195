package topolip.perturb.attack;

import java.util.Arrays;

/// One phase of APGD in ℓ₁: Croce and Hein 2021, arXiv:2103.01208.
///
/// A step goes equally far along those values whose derivative is among the largest; how many
/// follows the number of values that the best perturbation changes.
final class ApgdL1Steps {
  /// The share of values that the first steps change.
  static final double FIRST_SHARE = 0.2;

  private static final double SPARSER = 1.5;
  private static final double SMALLEST_STEP = 0.1;
  private static final double STILL_AS_DENSE = 0.95;

  private final Search search;
  private final Ball ball;
  private final int steps;
  private final PointLoss loss;

  ApgdL1Steps(Search search, Ball ball, int steps, PointLoss loss) {
    this.search = search;
    this.ball = ball;
    this.steps = steps;
    this.loss = loss;
  }

  /// Normal noise, projected.
  static float[] start(Search search, Ball ball) {
    float[] image = search.clean().clone();
    double[] draw = new double[image.length];
    Norm.normal(search.random(), draw);
    PgdWalk.move(image, draw, 1);
    ball.project(search.clean(), image);
    return image;
  }

  /// The share of values to change when a perturbation changes so many.
  static double share(float[] clean, float[] image) {
    return changed(clean, image) / (SPARSER * image.length);
  }

  private static int changed(float[] clean, float[] image) {
    int changed = 0;
    for (int i = 0; i < image.length; i++) {
      changed += image[i] != clean[i] ? 1 : 0;
    }
    return changed;
  }

  /// Walks until the search is finished or all steps are done; the point of the largest loss.
  float[] from(float[] start, double firstShare) throws InterruptedException {
    float[] clean = search.clean();
    float[] image = start;
    Answer here = search.gradient(image, loss);
    float[] best = image;
    Answer atBest = here;
    double step = ball.eps();
    double share = firstShare;
    double density = firstShare == FIRST_SHARE ? image.length : changed(clean, image);
    int window = Math.max((int) (0.04 * steps), 1);
    for (int k = 1; k <= steps && !search.finished(); k++) {
      image = next(image, here.gradient(), share, step);
      here = search.gradient(image, loss);
      if (here.loss() > atBest.loss()) {
        best = image;
        atBest = here;
      }
      if (k % window == 0) {
        double now = changed(clean, best);
        share = share(clean, best);
        if (now / density < STILL_AS_DENSE) {
          step = ball.eps();
          image = best;
          here = atBest;
        } else {
          step = Math.max(step / SPARSER, SMALLEST_STEP * ball.eps());
        }
        density = now;
      }
    }
    return best.clone();
  }

  private float[] next(float[] image, double[] gradient, double share, double step) {
    double[] sizes = Arrays.stream(gradient).map(Math::abs).sorted().toArray();
    int first = (int) Math.clamp((1 - share) * sizes.length, 0, sizes.length - 1);
    double[] direction = new double[gradient.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = Math.abs(gradient[i]) >= sizes[first] ? Math.signum(gradient[i]) : 0;
    }
    double count = Norm.L_1.of(direction);
    float[] next = image.clone();
    PgdWalk.move(next, direction, count == 0 ? 0 : step / count);
    ball.project(search.clean(), next);
    return next;
  }
}
