package topolip.perturb.attack;

/// [RandomNoise] on one point.
record NoiseWalk(RandomNoise noise) implements PointAttack {

  @Override
  public void run(Search search) throws InterruptedException {
    double[] draw = new double[search.clean().length];
    for (int k = 0; k < noise.draws() && !search.finished(); k++) {
      float[] image = search.clean().clone();
      noise.norm().inBall(search.random(), draw);
      PgdWalk.move(image, draw, noise.ball().eps());
      noise.ball().project(search.clean(), image);
      search.logits(image);
    }
  }
}
