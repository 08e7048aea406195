package topolip.homology;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The persistence diagram of one degree: intervals [birth, death), death `+∞` where the class is
/// essential.
///
/// Intervals stand in increasing order of birth, then death; those of length zero are left out.
public final class PersistenceDiagram implements Serializable {
  private final int degree;
  private final double[] births;
  private final double[] deaths;

  private PersistenceDiagram(int degree, double[] births, double[] deaths) {
    this.degree = degree;
    this.births = births;
    this.deaths = deaths;
  }

  /// A diagram of these intervals, in any order.
  ///
  /// @throws IllegalArgumentException if the arrays differ in length, a birth is not finite, or a
  ///   death is below its birth or NaN
  public static PersistenceDiagram of(int degree, double[] births, double[] deaths) {
    if (degree < 0) {
      throw new IllegalArgumentException("degree must not be negative: " + degree);
    }
    if (births.length != deaths.length) {
      throw new IllegalArgumentException(
          "births and deaths differ in length: %d != %d".formatted(births.length, deaths.length));
    }
    double[][] intervals = new double[births.length][];
    int size = 0;
    for (int i = 0; i < births.length; i++) {
      if (!Double.isFinite(births[i]) || !(births[i] <= deaths[i])) {
        throw new IllegalArgumentException(
            "interval %d is not an interval: [%s, %s)".formatted(i, births[i], deaths[i]));
      }
      if (births[i] < deaths[i]) {
        intervals[size++] = new double[] {births[i], deaths[i]};
      }
    }
    Arrays.sort(intervals, 0, size, Arrays::compare);
    double[] sortedBirths = new double[size];
    double[] sortedDeaths = new double[size];
    for (int i = 0; i < size; i++) {
      sortedBirths[i] = intervals[i][0];
      sortedDeaths[i] = intervals[i][1];
    }
    return new PersistenceDiagram(degree, sortedBirths, sortedDeaths);
  }

  public int degree() {
    return degree;
  }

  /// The number of intervals, essential ones included.
  public int size() {
    return births.length;
  }

  public double birth(int index) {
    return births[index];
  }

  /// The death of an interval, `+∞` if it is essential.
  public double death(int index) {
    return deaths[index];
  }

  public boolean isEssential(int index) {
    return deaths[index] == Double.POSITIVE_INFINITY;
  }

  /// The diagram of the same data measured in another unit.
  ///
  /// @param factor positive and finite
  public PersistenceDiagram scaled(double factor) {
    if (!(factor > 0) || factor == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("factor must be positive and finite: " + factor);
    }
    return of(
        degree,
        Arrays.stream(births).map(b -> b * factor).toArray(),
        Arrays.stream(deaths).map(d -> d * factor).toArray());
  }

  /// The diagram without its essential classes.
  public PersistenceDiagram withoutEssential() {
    int[] finite = IntStream.range(0, size()).filter(i -> !isEssential(i)).toArray();
    return new PersistenceDiagram(
        degree,
        Arrays.stream(finite).mapToDouble(this::birth).toArray(),
        Arrays.stream(finite).mapToDouble(this::death).toArray());
  }

  /// The diagram in which essential classes die at this value, such as the largest of a filtration.
  ///
  /// @throws IllegalArgumentException if the value is not finite, or below the birth of an
  ///   essential class
  public PersistenceDiagram withEssentialDeath(double death) {
    if (!Double.isFinite(death)) {
      throw new IllegalArgumentException("death of essential classes must be finite: " + death);
    }
    double[] finite =
        Arrays.stream(deaths).map(d -> d == Double.POSITIVE_INFINITY ? death : d).toArray();
    return of(degree, births, finite);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PersistenceDiagram that
        && degree == that.degree
        && Arrays.equals(births, that.births)
        && Arrays.equals(deaths, that.deaths);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * degree + Arrays.hashCode(births)) + Arrays.hashCode(deaths);
  }

  @Override
  public String toString() {
    return "degree %d, %d intervals".formatted(degree, size());
  }
}
