package topolip.perturb.attack;

/// [DeepFool] on one point.
record DeepFoolWalk(DeepFool deepFool) implements PointAttack {
  /// By how much the authors' program lengthens steps. Here all but the first, which reaches the
  /// boundary of a linear model: steps that are clipped to [0, 1] would otherwise approach a
  /// boundary without crossing it, until a rounding error does.
  private static final double ACROSS = 1e-4;

  @Override
  public void run(Search search) throws InterruptedException {
    float[] clean = search.clean();
    int[] targets = TargetedApgdWalk.targets(search, deepFool.candidates());
    double[] total = new double[clean.length];
    float[] image = clean;
    for (int k = 0; k < deepFool.steps() && !search.fooled(); k++) {
      double[] step = nearest(search, image, targets, k == 0 ? 0 : ACROSS);
      for (int i = 0; i < total.length; i++) {
        total[i] += step[i];
      }
      image = clean.clone();
      PgdWalk.move(image, total, 1 + deepFool.overshoot());
      for (int i = 0; i < image.length; i++) {
        image[i] = Math.clamp(image[i], 0f, 1f);
      }
    }
    search.logits(image);
  }

  /// The smallest step onto a linearised boundary, and beyond it.
  private double[] nearest(Search search, float[] image, int[] targets, double beyond)
      throws InterruptedException {
    double[] step = new double[image.length];
    double least = Double.POSITIVE_INFINITY;
    for (int target : targets) {
      Answer answer = search.gradient(image, PointLoss.difference(target, search.label()));
      double slope = deepFool.norm().dual().of(answer.gradient());
      double length = Math.abs(answer.loss()) / slope;
      if (slope > 0 && length < least) {
        least = length;
        step = answer.gradient();
      }
      if (search.fooled()) {
        return new double[image.length];
      }
    }
    deepFool.norm().steepest(step);
    Norm.scale(step, least == Double.POSITIVE_INFINITY ? 0 : least + beyond);
    return step;
  }
}
