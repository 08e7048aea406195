package topolip.perturb.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/// A plasma is added, and the sum scaled so that the brightest value stays.
record Fog(double strength, double decay) implements PlaneDistortion {

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) {
    int least = Math.max(image.height(), image.width());
    double[] plasma = Plasma.of(least, decay, random);
    int side = Plasma.side(least);
    double brightest = 0;
    for (int c = 0; c < image.channels(); c++) {
      for (double value : image.channel(c)) {
        brightest = Math.max(brightest, value);
      }
    }
    double scale = brightest;
    return image.map(plane -> {
      double[] foggy = new double[plane.length];
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          int i = y * image.width() + x;
          double sum = plane[i] + strength * plasma[y * side + x];
          foggy[i] = sum * scale / (scale + strength);
        }
      }
      return foggy;
    });
  }
}
