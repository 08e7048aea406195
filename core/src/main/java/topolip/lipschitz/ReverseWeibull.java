package topolip.lipschitz;

import java.util.Arrays;

/// A reverse Weibull distribution fitted to maxima, whose location is the estimate of the largest
/// value there is: `P(Y ≤ y) = exp(−((a − y)/b)^c)` for `y < a`.
///
/// @param location a: an estimate, never below the largest maximum
/// @param scale b; 0 where nothing was fitted
/// @param shape c; 0 where nothing was fitted
/// @param pValue of the Kolmogorov–Smirnov test of the fit (asymptotic, with Stephens' correction);
///   0 where nothing could be fitted
/// @param fitted whether the location is that of the fit; else it is the largest maximum, because
///   the fit failed or was rejected at 0.001
public record ReverseWeibull(
    double location, double scale, double shape, double pValue, boolean fitted) {
  private static final double REJECTED = 0.001;

  /// Weight of c² in the penalised likelihood, as in the authors' program.
  private static final double PENALTY = 0.01;

  private static final double NEAREST = Math.log(1e-4);
  private static final double FARTHEST = Math.log(1e3);
  private static final double LARGEST_SHAPE = Math.log(200);
  private static final int GRID = 100;
  private static final int REFINEMENTS = 60;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /// Fits by maximum likelihood, penalised by 0.01 c² and with `c ≥ 1` (below, the likelihood has
  /// no maximum), on maxima that are shifted and divided by their range; the location is sought up
  /// to 1,000 ranges above them.
  ///
  /// @param maxima at least two
  public static ReverseWeibull fit(double... maxima) {
    if (maxima.length < 2) {
      throw new IllegalArgumentException("a fit needs two maxima, not " + maxima.length);
    }
    double[] sorted = maxima.clone();
    Arrays.sort(sorted);
    double largest = sorted[sorted.length - 1];
    double range = largest - sorted[0];
    if (!Double.isFinite(range)) {
      throw new IllegalArgumentException("maxima from %s to %s".formatted(sorted[0], largest));
    }
    ReverseWeibull none = new ReverseWeibull(largest, 0, 0, 0, false);
    if (range == 0 || largest + range * Math.exp(NEAREST) == largest) {
      return none;
    }
    double[] below = Arrays.stream(sorted).map(y -> (largest - y) / range).toArray();
    double gap = best(below);
    if (gap > FARTHEST - (FARTHEST - NEAREST) / GRID) {
      return none; // flat towards infinity: there is no largest value to be seen
    }
    double[] x = moved(below, gap);
    double shape = Math.exp(shape(x));
    double scale = Math.pow(meanPower(x, shape), 1 / shape);
    double p = pValue(x, scale, shape);
    return p < REJECTED
        ? new ReverseWeibull(largest, 0, 0, p, false)
        : new ReverseWeibull(largest + range * Math.exp(gap), range * scale, shape, p, true);
  }

  /// The logarithm of the distance from the largest maximum to the location.
  private static double best(double[] below) {
    double step = (FARTHEST - NEAREST) / GRID;
    double best = NEAREST;
    for (int k = 1; k <= GRID; k++) {
      double gap = NEAREST + k * step;
      if (profile(below, gap) > profile(below, best)) {
        best = gap;
      }
    }
    double low = best - step;
    double high = best + step;
    for (int k = 0; k < REFINEMENTS; k++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (profile(below, left) > profile(below, right)) {
        high = right;
      } else {
        low = left;
      }
    }
    return (low + high) / 2;
  }

  private static double profile(double[] below, double gap) {
    double[] x = moved(below, gap);
    return likelihood(x, Math.exp(shape(x)));
  }

  private static double[] moved(double[] below, double gap) {
    double distance = Math.exp(gap);
    return Arrays.stream(below).map(b -> b + distance).toArray();
  }

  /// The logarithm of the most likely shape for a location.
  private static double shape(double[] x) {
    double low = 0;
    double high = LARGEST_SHAPE;
    for (int k = 0; k < REFINEMENTS; k++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (likelihood(x, Math.exp(left)) > likelihood(x, Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return (low + high) / 2;
  }

  /// The penalised log-likelihood with the most likely scale, `b^c = mean x^c`.
  private static double likelihood(double[] x, double shape) {
    double logarithms = 0;
    for (double v : x) {
      logarithms += Math.log(v);
    }
    return x.length * (Math.log(shape) - Math.log(meanPower(x, shape)) - 1)
        + (shape - 1) * logarithms
        - PENALTY * shape * shape;
  }

  private static double meanPower(double[] x, double shape) {
    double sum = 0;
    for (double v : x) {
      sum += Math.pow(v, shape);
    }
    return sum / x.length;
  }

  /// @param x distances below the location, the largest first
  private static double pValue(double[] x, double scale, double shape) {
    int n = x.length;
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double probability = Math.exp(-Math.pow(x[i] / scale, shape));
      distance =
          Math.max(
              distance, Math.max(probability - i / (double) n, (i + 1) / (double) n - probability));
    }
    double lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
    double p = 0;
    for (int k = 1; k <= 100; k++) {
      p += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * lambda * lambda);
    }
    return lambda < 0.2 ? 1 : Math.clamp(p, 0, 1);
  }
}
