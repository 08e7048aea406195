package topolip.diagram;

import java.util.Arrays;
import java.util.stream.IntStream;
import topolip.homology.PersistenceDiagram;

/// A diagram as arrays: births and deaths of its finite points, in increasing order of birth, then
/// death, and births of its essential classes, in increasing order.
final class DiagramPoints implements Comparable<DiagramPoints> {
  private final double[] births;
  private final double[] deaths;
  private final double[] essential;
  private final int[] indices;
  private final int[] essentialIndices;

  private DiagramPoints(
      double[] births, double[] deaths, double[] essential, int[] indices, int[] essentialIndices) {
    this.births = births;
    this.deaths = deaths;
    this.essential = essential;
    this.indices = indices;
    this.essentialIndices = essentialIndices;
  }

  static DiagramPoints of(PersistenceDiagram diagram) {
    int[] finite =
        IntStream.range(0, diagram.size()).filter(i -> !diagram.isEssential(i)).toArray();
    int[] infinite = IntStream.range(0, diagram.size()).filter(diagram::isEssential).toArray();
    return new DiagramPoints(
        Arrays.stream(finite).mapToDouble(diagram::birth).toArray(),
        Arrays.stream(finite).mapToDouble(diagram::death).toArray(),
        Arrays.stream(infinite).mapToDouble(diagram::birth).toArray(),
        finite,
        infinite);
  }

  static void requireOneDegree(PersistenceDiagram a, PersistenceDiagram b) {
    if (a.degree() != b.degree()) {
      throw new IllegalArgumentException(
          "diagrams of degrees %d and %d have no distance".formatted(a.degree(), b.degree()));
    }
  }

  /// A power of 2 near a number, 1 for 0; not so small that its inverse overflows. Division by it
  /// is exact, and keeps sums of what is not larger from overflow.
  static double unit(double number) {
    return number == 0 ? 1 : Math.scalb(1.0, Math.max(-1000, Math.getExponent(number)));
  }

  /// The number of finite points.
  int size() {
    return births.length;
  }

  /// The number of points, essential ones included.
  int count() {
    return births.length + essential.length;
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

  /// Where a finite point stands in the diagram.
  int index(int point) {
    return indices[point];
  }

  /// Where an essential class stands in the diagram.
  int essentialIndex(int point) {
    return essentialIndices[point];
  }

  /// Death − birth of a finite point.
  double persistence(int point) {
    return deaths[point] - births[point];
  }

  double[] persistences() {
    return IntStream.range(0, size()).mapToDouble(this::persistence).toArray();
  }

  double largestPersistence() {
    return Arrays.stream(persistences()).max().orElse(0);
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
        divided(births, scale),
        divided(deaths, scale),
        divided(essential, scale),
        indices,
        essentialIndices);
  }

  private static double[] divided(double[] values, double scale) {
    return Arrays.stream(values).map(x -> x / scale).toArray();
  }

  /// Every fourth of the finite points, from the first on.
  DiagramPoints everyFourth() {
    int[] kept = IntStream.range(0, size() / 4).map(i -> 4 * i).toArray();
    return new DiagramPoints(
        Arrays.stream(kept).mapToDouble(i -> births[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> deaths[i]).toArray(),
        new double[0],
        Arrays.stream(kept).map(i -> indices[i]).toArray(),
        new int[0]);
  }

  /// Any total order of the finite points serves: it makes a distance independent of the order of
  /// its arguments.
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
