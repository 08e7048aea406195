package topolip.perturb.attack;

/// [Fab] on one point.
record FabWalk(Fab fab) implements PointAttack {
  private static final double MOST_BIAS = 0.1;
  private static final double OVERSHOOT = 1.05;
  private static final double BACKWARD = 0.9;

  @Override
  public void run(Search search) throws InterruptedException {
    for (int target : TargetedApgdWalk.targets(search, fab.targets())) {
      double[] least = {Double.POSITIVE_INFINITY};
      for (int start = 0; start < fab.starts() && !search.finished(); start++) {
        walk(search, start == 0 ? search.clean().clone() : near(search, least[0]), target, least);
      }
    }
  }

  private float[] near(Search search, double least) {
    double radius = Math.min(least, fab.bound());
    if (radius == Double.POSITIVE_INFINITY) {
      radius = firstRadius();
    }
    float[] image = search.clean().clone();
    double[] draw = new double[image.length];
    fab.norm().onSphere(search.random(), draw);
    PgdWalk.move(image, draw, radius / 2);
    return clipped(image);
  }

  /// Where neither a bound nor a distance is known.
  private double firstRadius() {
    return switch (fab.norm()) {
      case L_INF -> 0.3;
      case L_2 -> 1;
      case L_1 -> 5;
    };
  }

  private void walk(Search search, float[] start, int target, double[] least)
      throws InterruptedException {
    float[] clean = search.clean();
    float[] image = start;
    PointLoss loss = PointLoss.difference(target, search.label());
    for (int k = 0; k < fab.steps() && !search.finished(); k++) {
      Answer here = search.gradient(image, loss);
      image = next(clean, image, here);
      if (search.adversarial(search.logits(image))) {
        least[0] = Math.min(least[0], fab.norm().distance(clean, image));
        for (int i = 0; i < image.length; i++) {
          image[i] = (float) (clean[i] + BACKWARD * ((double) image[i] - clean[i]));
        }
      }
    }
  }

  private float[] next(float[] clean, float[] image, Answer here) {
    double[] weights = here.gradient();
    double gap = -here.loss();
    double cleanGap = gap;
    for (int i = 0; i < image.length; i++) {
      cleanGap += weights[i] * ((double) image[i] - clean[i]);
    }
    double[] move = BoxHyperplane.move(fab.norm(), image, weights, gap);
    double[] cleanMove = BoxHyperplane.move(fab.norm(), clean, weights, cleanGap);
    double length = Math.max(fab.norm().of(move), 1e-8);
    double cleanLength = Math.max(fab.norm().of(cleanMove), 1e-8);
    double bias = Math.min(length / (length + cleanLength), MOST_BIAS);
    float[] next = new float[image.length];
    for (int i = 0; i < next.length; i++) {
      next[i] =
          (float)
              ((1 - bias) * (image[i] + OVERSHOOT * move[i])
                  + bias * (clean[i] + OVERSHOOT * cleanMove[i]));
    }
    return clipped(next);
  }

  private static float[] clipped(float[] image) {
    for (int i = 0; i < image.length; i++) {
      image[i] = Math.clamp(image[i], 0f, 1f);
    }
    return image;
  }
}
