package topolip.perturb.corruption;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.MarsagliaTsangWangDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/// Independent noise on every value.
final class PixelNoise {
  private static final int LEVELS = 256;

  /// Tables of Poisson numbers by photons: those of the published parameters, a few.
  private static final Map<Double, SharedStateDiscreteSampler[]> POISSON =
      new ConcurrentHashMap<>();

  private PixelNoise() {}

  /// `x + σ n`, n normal.
  static PlaneDistortion gaussian(double sigma) {
    return (image, random) -> {
      ZigguratSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
      return image.map(plane -> {
        double[] noisy = new double[plane.length];
        for (int i = 0; i < noisy.length; i++) {
          noisy[i] = plane[i] + sigma * normal.sample();
        }
        return noisy;
      });
    };
  }

  /// `x + σ n x`.
  static PlaneDistortion speckle(double sigma) {
    return (image, random) -> {
      ZigguratSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
      return image.map(plane -> {
        double[] noisy = new double[plane.length];
        for (int i = 0; i < noisy.length; i++) {
          noisy[i] = plane[i] + plane[i] * sigma * normal.sample();
        }
        return noisy;
      });
    };
  }

  /// A Poisson number of photons around `x · photons`, for values of whole levels.
  ///
  /// From tables with probabilities in units of 2⁻³¹: Marsaglia, Tsang and Wang 2004
  /// (doi:10.18637/jss.v011.i03).
  static PlaneDistortion shot(double photons) {
    SharedStateDiscreteSampler[] tables = POISSON.computeIfAbsent(photons, PixelNoise::poisson);
    return (image, random) -> {
      SharedStateDiscreteSampler[] byLevel = new SharedStateDiscreteSampler[LEVELS];
      return image.map(plane -> {
        double[] noisy = new double[plane.length];
        for (int i = 0; i < noisy.length; i++) {
          int level = (int) Math.rint(plane[i] * (LEVELS - 1));
          noisy[i] = level == 0 ? 0 : sampler(byLevel, tables, level, random).sample() / photons;
        }
        return noisy;
      });
    };
  }

  private static SharedStateDiscreteSampler[] poisson(double photons) {
    UniformRandomProvider unused = RandomSource.SPLIT_MIX_64.create(0L);
    SharedStateDiscreteSampler[] tables = new SharedStateDiscreteSampler[LEVELS];
    for (int level = 1; level < LEVELS; level++) {
      double mean = (double) level / (LEVELS - 1) * photons;
      tables[level] = MarsagliaTsangWangDiscreteSampler.Poisson.of(unused, mean);
    }
    return tables;
  }

  private static SharedStateDiscreteSampler sampler(
      SharedStateDiscreteSampler[] byLevel,
      SharedStateDiscreteSampler[] tables,
      int level,
      UniformRandomProvider random) {
    SharedStateDiscreteSampler sampler = byLevel[level];
    if (sampler == null) {
      sampler = tables[level].withUniformRandomProvider(random);
      byLevel[level] = sampler;
    }
    return sampler;
  }

  /// A share of all values, of each channel by itself, becomes 0 or 1.
  static PlaneDistortion impulse(double amount) {
    return (image, random) ->
        image.map(plane -> {
          double[] noisy = plane.clone();
          for (int i = 0; i < noisy.length; i++) {
            if (random.nextDouble() < amount) {
              noisy[i] = random.nextBoolean() ? 1 : 0;
            }
          }
          return noisy;
        });
  }
}
