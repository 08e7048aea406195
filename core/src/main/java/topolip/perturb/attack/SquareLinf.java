package topolip.perturb.attack;

import org.apache.commons.rng.UniformRandomProvider;
import topolip.dataset.ImageShape;

/// Changes in ℓ_∞: vertical stripes of ±eps first, then squares moved by ±2 eps in each channel.
final class SquareLinf implements SquareWalk.Proposals {

  @Override
  public float[] first(Search search, double eps) {
    ImageShape shape = search.shape();
    float[] image = search.clean().clone();
    for (int c = 0; c < shape.channels(); c++) {
      for (int x = 0; x < shape.width(); x++) {
        double change = search.random().nextBoolean() ? eps : -eps;
        for (int y = 0; y < shape.height(); y++) {
          image[(c * shape.height() + y) * shape.width() + x] += (float) change;
        }
      }
    }
    Norm.L_INF.project(search.clean(), image, eps);
    return image;
  }

  @Override
  public float[] next(Search search, double eps, float[] best, int side) {
    ImageShape shape = search.shape();
    UniformRandomProvider random = search.random();
    float[] image = best.clone();
    int top = random.nextInt(Math.max(1, shape.height() - side));
    int left = random.nextInt(Math.max(1, shape.width() - side));
    for (int c = 0; c < shape.channels(); c++) {
      double change = random.nextBoolean() ? 2 * eps : -2 * eps;
      for (int y = top; y < top + side; y++) {
        for (int x = left; x < left + side; x++) {
          image[(c * shape.height() + y) * shape.width() + x] += (float) change;
        }
      }
    }
    return image;
  }

  @Override
  public int side(double pixels) {
    return Math.max((int) Math.rint(Math.sqrt(pixels)), 1);
  }
}
