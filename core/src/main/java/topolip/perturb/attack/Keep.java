package topolip.perturb.attack;

import java.util.Locale;

/// Which adversarial image of a point an attack returns.
public enum Keep {
  /// The first one, at which the attack of this point ends: what robust accuracy needs.
  FIRST,
  /// The one with the largest margin for the attack, after all steps.
  STRONGEST,
  /// The one nearest to the clean image, after all steps.
  NEAREST;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
