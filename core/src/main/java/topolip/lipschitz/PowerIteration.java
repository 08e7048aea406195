package topolip.lipschitz;

import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/// The norm of a linear map from below, by power iteration on JᵀJ.
final class PowerIteration {
  private PowerIteration() {}

  /// The largest ‖Jv‖ of unit vectors v that was found: a lower bound of ‖J‖₂, which rises towards
  /// it but says nothing of how near it is.
  ///
  /// @param size of vectors
  /// @param iterations each of which applies J and Jᵀ once; at least 1
  /// @param seed of the first vector
  static Bound lower(
      String source,
      int size,
      int iterations,
      long seed,
      UnaryOperator<double[]> map,
      UnaryOperator<double[]> transpose) {
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations must be at least 1: " + iterations);
    }
    double[] vector = random(size, seed);
    double norm = 0;
    for (int i = 0; i < iterations; i++) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      double length = Vectors.length(vector);
      if (length == 0) {
        break; // the map is 0, or the start was in its kernel
      }
      for (int k = 0; k < vector.length; k++) {
        vector[k] /= length;
      }
      double[] image = map.apply(vector);
      norm = Math.max(norm, Vectors.length(image));
      vector = transpose.apply(image);
    }
    return Bound.of(Bound.Kind.LOWER, norm, source);
  }

  private static double[] random(int size, long seed) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    return ZigguratSampler.NormalizedGaussian.of(random).samples(size).toArray();
  }
}
