package topolip.perturb.attack;

/// [Apgd] on one point.
record ApgdWalk(Apgd apgd) implements PointAttack {
  /// In ℓ₁ there are phases within 3, 2 and 1 times eps; these are their shares of the steps.
  private static final double[] SHARES = {0.3, 0.3, 0.4};

  @Override
  public void run(Search search) throws InterruptedException {
    PointLoss loss = apgd.objective().loss(search.label(), Aim.ANY);
    for (int start = 0; start < apgd.starts() && !search.finished(); start++) {
      if (apgd.passes() == 1) {
        start(search, apgd.ball(), apgd.steps(), loss);
      } else {
        MeanGradient mean = new MeanGradient(search, loss, apgd.passes());
        walk(search, apgd.ball(), apgd.steps(), mean);
        mean.confirm();
      }
    }
  }

  /// One start of it.
  static void start(Search search, Ball ball, int steps, PointLoss loss)
      throws InterruptedException {
    if (ball.norm() != Norm.L_1) {
      walk(search, ball, steps, image -> search.gradient(image, loss));
      return;
    }
    Ball largest = new Ball(Norm.L_1, SHARES.length * ball.eps());
    float[] reached =
        new ApgdL1Steps(search, largest, shareOf(steps, 0), loss)
            .from(ApgdL1Steps.start(search, largest), ApgdL1Steps.FIRST_SHARE);
    for (int phase = 1; phase < SHARES.length && !search.finished(); phase++) {
      Ball smaller = new Ball(Norm.L_1, (SHARES.length - phase) * ball.eps());
      smaller.project(search.clean(), reached);
      double share = ApgdL1Steps.share(search.clean(), reached);
      reached = new ApgdL1Steps(search, smaller, shareOf(steps, phase), loss).from(reached, share);
    }
  }

  private static void walk(Search search, Ball ball, int steps, ApgdSteps.Gradients gradients)
      throws InterruptedException {
    new ApgdSteps(search, ball, steps, gradients).from(ApgdSteps.onSphere(search, ball));
  }

  private static int shareOf(int steps, int phase) {
    return Math.max(1, (int) (SHARES[phase] * steps));
  }
}
