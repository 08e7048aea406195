package topolip.diagram;

import java.util.SplittableRandom;
import topolip.homology.PersistenceDiagram;

/// Small diagrams of finite intervals in [−1, 2].
final class RandomDiagrams {
  private final SplittableRandom random;

  RandomDiagrams(long seed) {
    random = new SplittableRandom(seed);
  }

  /// @param grid what births and deaths are multiples of, for ties; 0 for none
  PersistenceDiagram next(int most, double grid) {
    int size = random.nextInt(most + 1);
    double[] births = new double[size];
    double[] deaths = new double[size];
    for (int i = 0; i < size; i++) {
      births[i] = 2 * random.nextDouble() - 1;
      deaths[i] = births[i] + 0.01 + 0.99 * random.nextDouble();
      if (grid > 0) {
        births[i] = grid * Math.floor(births[i] / grid);
        deaths[i] = grid * Math.ceil(deaths[i] / grid);
      }
    }
    return PersistenceDiagram.of(1, births, deaths);
  }

  double nextDouble() {
    return random.nextDouble();
  }

  static PersistenceDiagram points(double... birthsAndDeaths) {
    double[] births = new double[birthsAndDeaths.length / 2];
    double[] deaths = new double[births.length];
    for (int i = 0; i < births.length; i++) {
      births[i] = birthsAndDeaths[2 * i];
      deaths[i] = birthsAndDeaths[2 * i + 1];
    }
    return PersistenceDiagram.of(1, births, deaths);
  }
}
