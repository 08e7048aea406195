package topolip.diagram;

import static topolip.diagram.MatchingSide.FREE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import topolip.homology.PersistenceDiagram;

/// Two diagrams of one degree, in an order that does not depend on which was given first, and in a
/// unit in which neither large nor high powers of what they cost overflow or vanish.
///
/// The unit is a power of 2, by which is divided exactly, near the largest persistence or the
/// largest difference of essential births.
final class ScaledPair {
  /// Sums of powers below this have lost digits.
  private static final double VANISHING = 1e-290;

  private final DiagramPoints a;
  private final DiagramPoints b;
  private final double coordinates;
  private final double differences;
  private final boolean isReversed;

  private ScaledPair(
      DiagramPoints a,
      DiagramPoints b,
      double coordinates,
      double differences,
      boolean isReversed) {
    this.a = a;
    this.b = b;
    this.coordinates = coordinates;
    this.differences = differences;
    this.isReversed = isReversed;
  }

  static ScaledPair of(PersistenceDiagram first, PersistenceDiagram second) {
    DiagramPoints.requireOneDegree(first, second);
    DiagramPoints x = DiagramPoints.of(first);
    DiagramPoints y = DiagramPoints.of(second);
    // First such that differences do not overflow, then by the differences.
    double coordinates = DiagramPoints.unit(Math.max(x.largest(), y.largest()));
    x = x.dividedBy(coordinates);
    y = y.dividedBy(coordinates);
    double differences =
        DiagramPoints.unit(
            DoubleStream.of(
                    essentialDifference(x, y), x.largestPersistence(), y.largestPersistence())
                .max()
                .orElse(0));
    x = x.dividedBy(differences);
    y = y.dividedBy(differences);
    return x.compareTo(y) <= 0
        ? new ScaledPair(x, y, coordinates, differences, false)
        : new ScaledPair(y, x, coordinates, differences, true);
  }

  /// A distance in the diagrams' own unit. The product of both units may overflow.
  private double unscaled(double distance) {
    return distance * differences * coordinates;
  }

  private static double essentialDifference(DiagramPoints x, DiagramPoints y) {
    int common = Math.min(x.essential().length, y.essential().length);
    return IntStream.range(0, common)
        .mapToDouble(i -> Math.abs(x.essential()[i] - y.essential()[i]))
        .max()
        .orElse(0);
  }

  DistanceBounds distance(MatchingCost cost, double relativeError) {
    if (a.essential().length != b.essential().length) {
      return new DistanceBounds(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    if (isOnALine() || relativeError == 0) {
      double distance = distance(cost, mates(cost));
      return new DistanceBounds(distance, distance);
    }
    PlaneMatching plane = new PlaneMatching(cost, a, b, relativeError);
    double distance = distance(cost, plane.mates());
    double essential = essentialCosts(cost).sum();
    double least = unscaled(cost.root(plane.lowerBound() + essential));
    return new DistanceBounds(distance, Math.min(least, distance));
  }

  Matching matching(MatchingCost cost) {
    int[] mates = mates(cost);
    boolean isFinite = a.essential().length == b.essential().length;
    double distance = isFinite ? distance(cost, mates) : Double.POSITIVE_INFINITY;
    List<Matching.Pair> pairs = new ArrayList<>();
    boolean[] matchedOfA = new boolean[a.count()];
    boolean[] matchedOfB = new boolean[b.count()];
    IntStream.range(0, a.size())
        .filter(i -> mates[i] != FREE)
        .forEach(i -> pairs.add(new Matching.Pair(a.index(i), b.index(mates[i]))));
    for (int k = 0; k < Math.min(a.essential().length, b.essential().length); k++) {
      pairs.add(new Matching.Pair(a.essentialIndex(k), b.essentialIndex(k)));
    }
    for (Matching.Pair pair : pairs) {
      matchedOfA[pair.first()] = true;
      matchedOfB[pair.second()] = true;
    }
    pairs.sort((x, y) -> Integer.compare(x.first(), y.first()));
    Matching matching = new Matching(pairs, not(matchedOfA), not(matchedOfB), distance);
    return isReversed ? matching.reversed() : matching;
  }

  private static List<Integer> not(boolean[] matched) {
    return IntStream.range(0, matched.length).filter(i -> !matched[i]).boxed().toList();
  }

  private boolean isOnALine() {
    return a.hasOneBirth() && b.hasOneBirth() && a.sameBirthAs(b);
  }

  private int[] mates(MatchingCost cost) {
    return isOnALine()
        ? new LineMatching(cost).mates(a, b)
        : new PlaneMatching(cost, a, b, 0).mates();
  }

  /// The distance that a matching costs, from what its pairs cost.
  private double distance(MatchingCost cost, int[] mates) {
    boolean[] taken = new boolean[b.size()];
    Arrays.stream(mates).filter(j -> j != FREE).forEach(j -> taken[j] = true);
    DoubleStream ofA =
        IntStream.range(0, a.size())
            .mapToDouble(i ->
                mates[i] == FREE
                    ? cost.diagonal(a.persistence(i))
                    : cost.pair(
                        a.births()[i] - b.births()[mates[i]],
                        a.deaths()[i] - b.deaths()[mates[i]]));
    DoubleStream ofB =
        IntStream.range(0, b.size())
            .filter(j -> !taken[j])
            .mapToDouble(j -> cost.diagonal(b.persistence(j)));
    double total = DoubleStream.concat(DoubleStream.concat(ofA, ofB), essentialCosts(cost)).sum();
    if (total < VANISHING && cost.order() > 1) {
      requireEqual(cost, mates);
    }
    return unscaled(cost.root(total));
  }

  /// What costs nothing must differ by nothing.
  private void requireEqual(MatchingCost cost, int[] mates) {
    if (distance(new MatchingCost(1, 1), mates) > 0) {
      throw new ArithmeticException(
          "order %s is too high for these diagrams: powers of their differences vanish in double"
                  .formatted(cost.order())
              + " precision; the bottleneck distance is the limit of high orders");
    }
  }

  private DoubleStream essentialCosts(MatchingCost cost) {
    return IntStream.range(0, a.essential().length)
        .mapToDouble(i -> cost.power(Math.abs(a.essential()[i] - b.essential()[i])));
  }
}
