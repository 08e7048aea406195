package topolip.perturb.attack;

/// [CarliniWagner] on one point.
record CarliniWagnerWalk(CarliniWagner attack) implements PointAttack {
  /// Keeps `atanh` of pixels at the ends of [0, 1] finite.
  private static final double INSIDE = 1 - 1e-6;

  private static final double LARGER = 10;

  @Override
  public void run(Search search) throws InterruptedException {
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double constant = attack.firstConstant();
    for (int k = 0; k < attack.searches(); k++) {
      if (minimise(search, constant)) {
        high = constant;
      } else {
        low = constant;
      }
      constant = high == Double.POSITIVE_INFINITY ? low * LARGER : (low + high) / 2;
    }
  }

  /// Whether an adversarial image with the confidence asked for was met.
  private boolean minimise(Search search, double constant) throws InterruptedException {
    float[] clean = search.clean();
    double[] w = new double[clean.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = atanh((2.0 * clean[i] - 1) * INSIDE);
    }
    Adam adam = new Adam(w.length, attack.rate());
    PointLoss loss = PointLoss.margin(search.label());
    float[] image = new float[w.length];
    double[] gradient = new double[w.length];
    boolean met = false;
    for (int k = 0; k < attack.steps(); k++) {
      for (int i = 0; i < w.length; i++) {
        image[i] = (float) ((Math.tanh(w[i]) + 1) / 2);
      }
      Answer here = search.gradient(image, loss);
      boolean beyond = here.loss() > attack.confidence();
      met |= beyond;
      for (int i = 0; i < w.length; i++) {
        double tanh = Math.tanh(w[i]);
        double x =
            2 * ((double) image[i] - clean[i]) - (beyond ? 0 : constant * here.gradient()[i]);
        gradient[i] = x * (1 - tanh * tanh) / 2;
      }
      adam.step(w, gradient);
    }
    return met;
  }

  private static double atanh(double x) {
    return 0.5 * Math.log((1 + x) / (1 - x));
  }

  /// Kingma and Ba 2015, arXiv:1412.6980.
  private static final class Adam {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double rate;
    private final double[] means;
    private final double[] squares;
    private int steps;

    Adam(int size, double rate) {
      this.rate = rate;
      this.means = new double[size];
      this.squares = new double[size];
    }

    void step(double[] values, double[] gradient) {
      steps++;
      double first = 1 - Math.pow(BETA_1, steps);
      double second = 1 - Math.pow(BETA_2, steps);
      for (int i = 0; i < values.length; i++) {
        means[i] = BETA_1 * means[i] + (1 - BETA_1) * gradient[i];
        squares[i] = BETA_2 * squares[i] + (1 - BETA_2) * gradient[i] * gradient[i];
        values[i] -= rate * (means[i] / first) / (Math.sqrt(squares[i] / second) + EPSILON);
      }
    }
  }
}
