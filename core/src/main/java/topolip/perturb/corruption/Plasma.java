package topolip.perturb.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/// A cloud-like random field in [0, 1] by the diamond-square algorithm on a torus.
final class Plasma {
  private static final double FIRST_WIBBLE = 100;

  private final int side;
  private final double[] map;
  private final UniformRandomProvider random;

  private Plasma(int side, UniformRandomProvider random) {
    this.side = side;
    this.map = new double[side * side];
    this.random = random;
  }

  /// A field of the least power of two that is not less than `least`, row by row.
  ///
  /// As published, what is added to a mean is uniform within the *square* of the wibble, which each
  /// level divides by `decay`.
  static double[] of(int least, double decay, UniformRandomProvider random) {
    return new Plasma(side(least), random).filled(decay);
  }

  static int side(int least) {
    return Math.max(2, Integer.highestOneBit(Math.max(1, 2 * least - 1)));
  }

  private double[] filled(double decay) {
    double wibble = FIRST_WIBBLE;
    for (int step = side; step >= 2; step /= 2) {
      int half = step / 2;
      for (int y = 0; y < side; y += step) {
        for (int x = 0; x < side; x += step) {
          double corners = at(y, x) + at(y + step, x) + at(y, x + step) + at(y + step, x + step);
          set(y + half, x + half, corners, wibble);
        }
      }
      for (int y = 0; y < side; y += step) {
        for (int x = 0; x < side; x += step) {
          set(y, x + half, diamond(y, x + half, half), wibble);
        }
      }
      for (int y = 0; y < side; y += step) {
        for (int x = 0; x < side; x += step) {
          set(y + half, x, diamond(y + half, x, half), wibble);
        }
      }
      wibble /= decay;
    }
    return scaled();
  }

  private double diamond(int y, int x, int half) {
    return at(y - half, x) + at(y + half, x) + at(y, x - half) + at(y, x + half);
  }

  private double at(int y, int x) {
    return map[Math.floorMod(y, side) * side + Math.floorMod(x, side)];
  }

  private void set(int y, int x, double sum, double wibble) {
    map[y * side + x] = sum / 4 + wibble * random.nextDouble(-wibble, wibble);
  }

  private double[] scaled() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : map) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    for (int i = 0; i < map.length; i++) {
      map[i] = (map[i] - low) / (high - low);
    }
    return map;
  }
}
