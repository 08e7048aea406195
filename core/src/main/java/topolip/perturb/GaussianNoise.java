package topolip.perturb;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/// Normal noise.
///
/// @param sigma its standard deviation, in units of the pixel range
public record GaussianNoise(double sigma) implements Noise {

  public GaussianNoise {
    if (!(sigma >= 0) || sigma == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("sigma must be at least 0 and finite: " + sigma);
    }
  }

  @Override
  public double noisy(double value, UniformRandomProvider random) {
    return value + sigma * ZigguratSampler.NormalizedGaussian.of(random).sample();
  }

  @Override
  public String toString() {
    return "gaussian:" + sigma;
  }
}
