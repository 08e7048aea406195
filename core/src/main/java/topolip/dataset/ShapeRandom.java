package topolip.dataset;

import java.util.SplittableRandom;

/// The random numbers of one image, the same on every machine and every Java version.
///
/// The stream is that of SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195), started
/// at `mix(mix(seed) + 2 index + split)`. `mix` is a bijection, so no two images of one seed, of
/// whichever split, start at the same state.
final class ShapeRandom {
  private static final double TURN = 2 * StrictMath.PI;

  private final SplittableRandom source;

  private ShapeRandom(SplittableRandom source) {
    this.source = source;
  }

  static ShapeRandom of(long seed, Split split, int index) {
    return new ShapeRandom(new SplittableRandom(start(seed, split, index)));
  }

  static long start(long seed, Split split, int index) {
    long half =
        switch (split) {
          case TRAIN -> 0;
          case TEST -> 1;
        };
    return mix(mix(seed) + 2L * index + half);
  }

  /// The finaliser of MurmurHash3, variant 13 of D. Stafford, as in SplitMix64.
  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long y = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return y ^ (y >>> 31);
  }

  /// Uniform in [0, 1), the upper 53 bits of the next word.
  double uniform() {
    return (source.nextLong() >>> 11) * 0x1.0p-53;
  }

  double uniform(double from, double to) {
    return from + (to - from) * uniform();
  }

  boolean coin() {
    return source.nextLong() < 0;
  }

  /// A whole turn, in radians.
  double angle() {
    return TURN * uniform();
  }

  /// Adds independent normal noise of this standard deviation (Box and Muller 1958).
  void addNoise(double[] values, double deviation) {
    for (int i = 0; i + 1 < values.length; i += 2) {
      double radius = deviation * StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
      double angle = angle();
      values[i] += radius * StrictMath.cos(angle);
      values[i + 1] += radius * StrictMath.sin(angle);
    }
  }
}
