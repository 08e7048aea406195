package topolip.perturb.corruption;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/// Independent noise on every value.
final class PixelNoise {
  private PixelNoise() {}

  private interface Draw {
    DoubleUnaryOperator with(UniformRandomProvider random);
  }

  private static Distortion of(Draw draw) {
    return (image, random) -> {
      DoubleUnaryOperator noisy = draw.with(random);
      return image.map(plane -> {
        double[] result = new double[plane.length];
        for (int i = 0; i < result.length; i++) {
          result[i] = noisy.applyAsDouble(plane[i]);
        }
        return result;
      });
    };
  }

  /// `x + σ n`, n normal.
  static Distortion gaussian(double sigma) {
    return of(random -> {
      ZigguratSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
      return x -> x + sigma * normal.sample();
    });
  }

  /// `x + σ n x`.
  static Distortion speckle(double sigma) {
    return of(random -> {
      ZigguratSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
      return x -> x + x * sigma * normal.sample();
    });
  }

  /// A Poisson number of photons around `x · photons`, for values of whole levels.
  static Distortion shot(double photons) {
    return of(random -> {
      DiscreteSampler[] byLevel = new DiscreteSampler[256];
      for (int level = 1; level < byLevel.length; level++) {
        byLevel[level] = PoissonSampler.of(random, level / 255.0 * photons);
      }
      return x -> x == 0 ? 0 : byLevel[(int) Math.rint(x * 255)].sample() / photons;
    });
  }

  /// A share of all values, of each channel by itself, becomes 0 or 1.
  static Distortion impulse(double amount) {
    return of(random ->
        x -> {
          if (random.nextDouble() >= amount) {
            return x;
          }
          return random.nextBoolean() ? 1 : 0;
        });
  }
}
