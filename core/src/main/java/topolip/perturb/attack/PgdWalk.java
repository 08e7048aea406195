package topolip.perturb.attack;

/// [Pgd] on one point.
record PgdWalk(Pgd pgd) implements PointAttack {

  @Override
  public void run(Search search) throws InterruptedException {
    for (int start = 0; start < pgd.starts() && !search.finished(); start++) {
      walk(search, begin(search));
    }
  }

  private float[] begin(Search search) {
    float[] image = search.clean().clone();
    if (pgd.start() == Pgd.Start.RANDOM) {
      double[] draw = new double[image.length];
      pgd.norm().inBall(search.random(), draw);
      move(image, draw, pgd.ball().eps());
      pgd.ball().project(search.clean(), image);
    }
    return image;
  }

  private void walk(Search search, float[] image) throws InterruptedException {
    PointLoss loss = pgd.objective().loss(search.label(), search.target());
    double[] direction = new double[image.length];
    for (int k = 0; k < pgd.steps(); k++) {
      double[] gradient = search.gradient(image, loss).gradient();
      if (search.finished()) {
        return;
      }
      double sum = Norm.L_1.of(gradient);
      for (int i = 0; i < direction.length; i++) {
        direction[i] = pgd.momentum() * direction[i] + (sum == 0 ? 0 : gradient[i] / sum);
      }
      double[] step = direction.clone();
      pgd.norm().steepest(step);
      move(image, step, pgd.step());
      pgd.ball().project(search.clean(), image);
    }
    search.logits(image);
  }

  static void move(float[] image, double[] direction, double length) {
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) (image[i] + length * direction[i]);
    }
  }
}
