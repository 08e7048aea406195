package topolip.dataset;

import java.util.SplittableRandom;

/// The random numbers of one image.
final class ShapeRandom {
  private final SplittableRandom random;
  private double spare;
  private boolean hasSpare;

  /// Streams of one seed are independent: SplitMix64 (Steele, Lea, Flood 2014,
  /// DOI 10.1145/2660193.2660195) started at a mixture of both.
  ShapeRandom(long seed, long stream) {
    this.random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ mix(stream));
  }

  /// The finaliser of MurmurHash3, variant 13 of Stafford.
  private static long mix(long z) {
    long x = z;
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }

  double uniform(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  boolean coin() {
    return random.nextInt(2) == 0;
  }

  /// Standard normal, by Box and Muller's polar form in strict arithmetic.
  double gaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double x;
    double y;
    double square;
    do {
      x = uniform(-1, 1);
      y = uniform(-1, 1);
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * factor;
    hasSpare = true;
    return x * factor;
  }
}
