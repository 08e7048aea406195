package topolip.perturb;

import org.apache.commons.rng.UniformRandomProvider;

/// Noise that turns single values, of each channel by itself, into 0 or 1.
///
/// @param share of the values, half of them to 0
public record SaltPepper(double share) implements Noise {

  public SaltPepper {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share must be in [0, 1]: " + share);
    }
  }

  @Override
  public double noisy(double value, UniformRandomProvider random) {
    if (random.nextDouble() >= share) {
      return value;
    }
    return random.nextBoolean() ? 1 : 0;
  }

  @Override
  public String toString() {
    return "salt-pepper:" + share;
  }
}
