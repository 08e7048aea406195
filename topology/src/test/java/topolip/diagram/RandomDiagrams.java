package topolip.diagram;

import java.util.SplittableRandom;
import topolip.homology.PersistenceDiagram;

/// Random diagrams of degree 1; by [#next], small ones of finite intervals in [−1, 2].
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

  /// Births in [0, birth), persistences above 0.01; coordinates are multiples of `grid` if that is
  /// positive.
  static PersistenceDiagram of(
      int size, int essential, double birth, double grid, SplittableRandom random) {
    double[] births = new double[size + essential];
    double[] deaths = new double[size + essential];
    for (int i = 0; i < births.length; i++) {
      births[i] = birth * random.nextDouble();
      deaths[i] = i < size ? births[i] + 0.01 + random.nextDouble() : Double.POSITIVE_INFINITY;
      if (grid > 0) {
        births[i] = grid * Math.floor(births[i] / grid);
        deaths[i] = grid * Math.ceil(deaths[i] / grid);
      }
    }
    return PersistenceDiagram.of(1, births, deaths);
  }

  /// The finite points, each coordinate moved by less than `move`.
  static PersistenceDiagram moved(
      PersistenceDiagram diagram, double move, SplittableRandom random) {
    double[] births = new double[diagram.size()];
    double[] deaths = new double[diagram.size()];
    for (int i = 0; i < births.length; i++) {
      births[i] = diagram.birth(i) + move * random.nextDouble(-1, 1);
      deaths[i] = diagram.death(i) + move * random.nextDouble(-1, 1);
    }
    return PersistenceDiagram.of(diagram.degree(), births, deaths);
  }

  /// All coordinates times a factor, plus a shift.
  static PersistenceDiagram mapped(PersistenceDiagram diagram, double factor, double shift) {
    double[] births = new double[diagram.size()];
    double[] deaths = new double[diagram.size()];
    for (int i = 0; i < births.length; i++) {
      births[i] = factor * diagram.birth(i) + shift;
      deaths[i] = factor * diagram.death(i) + shift;
    }
    return PersistenceDiagram.of(diagram.degree(), births, deaths);
  }
}
