package topolip.dataset;

/// A mottled background: two colours mixed by smooth noise on a lattice (value noise).
final class ShapeBackdrop {
  private static final int NODES = 12;

  private final double[] lattice = new double[NODES * NODES];
  private final ShapeColour one;
  private final ShapeColour other;
  private final double cell;

  ShapeBackdrop(ShapeRandom random, boolean dark) {
    double hue = random.uniform();
    double value = dark ? random.uniform(0.15, 0.4) : random.uniform(0.65, 0.95);
    one = ShapeColour.ofHsv(hue, random.uniform(0.05, 0.45), value);
    other =
        ShapeColour.ofHsv(
            hue + random.uniform(-0.15, 0.15),
            random.uniform(0.05, 0.45),
            value + random.uniform(-0.2, 0.2));
    cell = random.uniform(3.5, 8);
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = random.uniform();
    }
  }

  ShapeColour at(double x, double y) {
    int column = (int) (x / cell);
    int row = (int) (y / cell);
    double across = ease(x / cell - column);
    double top = between(row * NODES + column, across);
    double bottom = between((row + 1) * NODES + column, across);
    return one.towards(other, top + ease(y / cell - row) * (bottom - top));
  }

  private double between(int node, double share) {
    return lattice[node] + share * (lattice[node + 1] - lattice[node]);
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }
}
