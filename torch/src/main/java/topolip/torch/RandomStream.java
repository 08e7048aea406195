package topolip.torch;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/// What random numbers are drawn for: each purpose has streams of its own.
enum RandomStream {
  WEIGHTS(1),
  ORDER(2),
  AUGMENTATION(3),
  ATTACK(4);

  private final long number;

  RandomStream(long number) {
    this.number = number;
  }

  /// The stream of a place: other seeds and places give unrelated ones, from the first number on.
  UniformRandomProvider of(long seed, long... place) {
    long hash = mixed(mixed(seed) + number);
    for (long coordinate : place) {
      hash = mixed(hash + coordinate);
    }
    return RandomSource.L64_X128_MIX.create(hash);
  }

  /// SplitMix64: Steele et al. (2014), doi 10.1145/2660193.2660195.
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
