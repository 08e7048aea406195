package topolip.diagram;

import java.util.Arrays;

/// What matching costs: the p-th power of the distance in ℓ_q, q = 1, 2, ∞ or p.
///
/// @param order p
/// @param exponent q
record MatchingCost(double order, double exponent) {

  MatchingCost(Wasserstein metric) {
    this(metric.order(), metric.ground().exponent(metric.order()));
  }

  /// The cost of two points whose births and deaths differ by these numbers. It does not decrease
  /// in the absolute value of either.
  double pair(double births, double deaths) {
    if (exponent == order) {
      return power(Math.abs(births)) + power(Math.abs(deaths));
    }
    if (exponent == Double.POSITIVE_INFINITY) {
      return power(Math.max(Math.abs(births), Math.abs(deaths)));
    }
    return exponent == 2
        ? power(Math.sqrt(births * births + deaths * deaths))
        : power(Math.abs(births) + Math.abs(deaths));
  }

  /// The cost of leaving a point of this persistence (death − birth) to the diagonal, whose nearest
  /// point has both coordinates changed by half of it.
  double diagonal(double persistence) {
    double half = persistence / 2;
    return pair(half, half);
  }

  double[] diagonals(double[] persistences) {
    return Arrays.stream(persistences).map(this::diagonal).toArray();
  }

  /// The p-th power of a distance.
  double power(double distance) {
    if (order == 1) {
      return distance;
    }
    return order == 2 ? distance * distance : Math.pow(distance, order);
  }

  /// The distance of which this is the p-th power.
  double root(double cost) {
    if (order == 1) {
      return cost;
    }
    return order == 2 ? Math.sqrt(cost) : Math.pow(cost, 1 / order);
  }
}
