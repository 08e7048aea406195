package topolip.diagram;

import java.util.Arrays;
import java.util.stream.IntStream;
import topolip.homology.PersistenceDiagram;

/// A diagram as arrays: births and deaths of its finite points, and births of its essential
/// classes, each in increasing order.
final class DiagramPoints implements Comparable<DiagramPoints> {
  private final double[] births;
  private final double[] deaths;
  private final double[] essential;

  private DiagramPoints(double[] births, double[] deaths, double[] essential) {
    this.births = births;
    this.deaths = deaths;
    this.essential = essential;
  }

  static DiagramPoints of(PersistenceDiagram diagram) {
    int[] finite =
        IntStream.range(0, diagram.size()).filter(i -> !diagram.isEssential(i)).toArray();
    return new DiagramPoints(
        Arrays.stream(finite).mapToDouble(diagram::birth).toArray(),
        Arrays.stream(finite).mapToDouble(diagram::death).toArray(),
        IntStream.range(0, diagram.size())
            .filter(diagram::isEssential)
            .mapToDouble(diagram::birth)
            .toArray());
  }

  int size() {
    return births.length;
  }

  double[] births() {
    return births;
  }

  double[] deaths() {
    return deaths;
  }

  double[] essential() {
    return essential;
  }

  /// Death − birth of every finite point.
  double[] persistences() {
    double[] persistences = new double[births.length];
    Arrays.setAll(persistences, i -> deaths[i] - births[i]);
    return persistences;
  }

  boolean hasOneBirth() {
    return births.length == 0 || births[0] == births[births.length - 1];
  }

  boolean sameBirthAs(DiagramPoints other) {
    return births.length == 0 || other.births.length == 0 || births[0] == other.births[0];
  }

  /// The largest coordinate in absolute value; 0 without points.
  double largest() {
    return Arrays.stream(new double[][] {births, deaths, essential})
        .flatMapToDouble(Arrays::stream)
        .map(Math::abs)
        .max()
        .orElse(0);
  }

  DiagramPoints dividedBy(double scale) {
    return new DiagramPoints(
        divided(births, scale), divided(deaths, scale), divided(essential, scale));
  }

  private static double[] divided(double[] values, double scale) {
    return Arrays.stream(values).map(x -> x / scale).toArray();
  }

  /// Any total order serves: it makes a distance independent of the order of its arguments.
  @Override
  public int compareTo(DiagramPoints other) {
    int bySize = Integer.compare(births.length, other.births.length);
    if (bySize != 0) {
      return bySize;
    }
    int byBirth = Arrays.compare(births, other.births);
    return byBirth != 0 ? byBirth : Arrays.compare(deaths, other.deaths);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DiagramPoints that
        && compareTo(that) == 0
        && Arrays.equals(essential, that.essential);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(births) + Arrays.hashCode(deaths);
  }
}
