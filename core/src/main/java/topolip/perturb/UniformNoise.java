package topolip.perturb;

import org.apache.commons.rng.UniformRandomProvider;

/// Noise that is uniform between −eps and eps.
///
/// @param eps in units of the pixel range
public record UniformNoise(double eps) implements Noise {

  public UniformNoise {
    if (!(eps >= 0) || eps == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("eps must be at least 0 and finite: " + eps);
    }
  }

  @Override
  public double noisy(double value, UniformRandomProvider random) {
    return value + eps * (2 * random.nextDouble() - 1);
  }

  @Override
  public String toString() {
    return "uniform:" + eps;
  }
}
