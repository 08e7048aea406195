package topolip.perturb.attack;

/// One start of APGD in ℓ_∞ or ℓ₂: algorithm 1 of Croce and Hein 2020, arXiv:2003.01690.
final class ApgdSteps {
  private static final double MOMENTUM = 0.75;
  private static final double RISES_NEEDED = 0.75;

  private final Search search;
  private final Ball ball;
  private final int steps;
  private final Gradients gradients;

  /// Where the loss and its gradient at an image come from.
  interface Gradients {
    Answer at(float[] image) throws InterruptedException;
  }

  ApgdSteps(Search search, Ball ball, int steps, Gradients gradients) {
    this.search = search;
    this.ball = ball;
    this.steps = steps;
    this.gradients = gradients;
  }

  /// A random point at distance eps of the clean image, moved into the box.
  static float[] onSphere(Search search, Ball ball) {
    float[] image = search.clean().clone();
    double[] draw = new double[image.length];
    ball.norm().onSphere(search.random(), draw);
    PgdWalk.move(image, draw, ball.eps());
    ball.project(search.clean(), image);
    return image;
  }

  /// Walks until the search is finished or all steps are done.
  void from(float[] start) throws InterruptedException {
    float[] image = start;
    float[] previous = start;
    Answer here = gradients.at(image);
    float[] best = image;
    Answer atBest = here;
    double step = 2 * ball.eps();
    Checkpoints checkpoints = new Checkpoints(steps, here.loss());
    for (int k = 0; k < steps && !search.finished(); k++) {
      float[] next = next(image, previous, here.gradient(), step, k == 0 ? 1 : MOMENTUM);
      previous = image;
      image = next;
      here = gradients.at(image);
      if (here.loss() > atBest.loss()) {
        best = image;
        atBest = here;
      }
      if (checkpoints.halve(here.loss(), atBest.loss())) {
        step /= 2;
        image = best;
        here = atBest;
      }
    }
  }

  private float[] next(
      float[] image, float[] previous, double[] gradient, double step, double weight) {
    double[] direction = gradient.clone();
    ball.norm().steepest(direction);
    float[] ahead = image.clone();
    PgdWalk.move(ahead, direction, step);
    ball.project(search.clean(), ahead);
    for (int i = 0; i < ahead.length; i++) {
      double towards = weight * ((double) ahead[i] - image[i]);
      double past = (1 - weight) * ((double) image[i] - previous[i]);
      ahead[i] = (float) (image[i] + towards + past);
    }
    ball.project(search.clean(), ahead);
    return ahead;
  }

  /// When the step is halved: at checkpoints that follow each other after 22 %, 19 %, 16 %, … but
  /// at least 6 % of the steps, if the loss rose in too few steps since the last one, or if neither
  /// the step nor the best loss changed then and since.
  static final class Checkpoints {
    private final int shrink;
    private final int least;
    private int window;
    private int since;
    private int rises;
    private double lastLoss;
    private double bestAtLast;
    private boolean halvedAtLast = true;

    Checkpoints(int steps, double firstLoss) {
      this.window = Math.max((int) (0.22 * steps), 1);
      this.shrink = Math.max((int) (0.03 * steps), 1);
      this.least = Math.max((int) (0.06 * steps), 1);
      this.lastLoss = firstLoss;
      this.bestAtLast = firstLoss;
    }

    boolean halve(double loss, double best) {
      rises += loss > lastLoss ? 1 : 0;
      lastLoss = loss;
      since++;
      if (since < window) {
        return false;
      }
      boolean oscillates = rises <= RISES_NEEDED * window;
      boolean stuck = !halvedAtLast && bestAtLast >= best;
      halvedAtLast = oscillates || stuck;
      bestAtLast = best;
      window = Math.max(window - shrink, least);
      since = 0;
      rises = 0;
      return halvedAtLast;
    }
  }
}
