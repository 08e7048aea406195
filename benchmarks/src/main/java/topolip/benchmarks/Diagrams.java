package topolip.benchmarks;

import java.util.SplittableRandom;
import topolip.homology.PersistenceDiagram;

/// Random diagrams like those that occur.
enum Diagrams {
  /// Births uniform in [0, 1], persistences exponential of mean 0.1.
  UNIFORM,
  /// Births normal around 30, persistences gamma of shape 2 and scale 0.2.
  NORMAL,
  /// As in degree 0: births 0, deaths normal around 10.
  DEGREE_ZERO;

  PersistenceDiagram random(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] births = new double[size];
    double[] deaths = new double[size];
    for (int i = 0; i < size; i++) {
      births[i] =
          switch (this) {
            case UNIFORM -> random.nextDouble();
            case NORMAL -> 30 + 0.25 * seed + random.nextGaussian();
            case DEGREE_ZERO -> 0;
          };
      deaths[i] =
          births[i]
              + switch (this) {
                case UNIFORM -> 0.1 * random.nextExponential();
                case NORMAL -> 0.2 * (random.nextExponential() + random.nextExponential());
                case DEGREE_ZERO -> Math.abs(10 + 0.5 * seed + random.nextGaussian());
              };
    }
    return PersistenceDiagram.of(1, births, deaths);
  }

  /// The points of a diagram, each coordinate moved by less than `move`.
  static PersistenceDiagram moved(PersistenceDiagram diagram, double move, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] births = new double[diagram.size()];
    double[] deaths = new double[diagram.size()];
    for (int i = 0; i < births.length; i++) {
      births[i] = diagram.birth(i) + move * random.nextDouble(-1, 1);
      deaths[i] = diagram.death(i) + move * random.nextDouble(-1, 1);
    }
    return PersistenceDiagram.of(diagram.degree(), births, deaths);
  }
}
