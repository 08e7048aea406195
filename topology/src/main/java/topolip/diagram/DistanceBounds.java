package topolip.diagram;

/// A distance that is known up to an error: the true one is at least `lowerBound` and at most
/// `distance`, but for rounding.
///
/// @param distance what a matching that was found costs
/// @param lowerBound what every matching costs at least, by the dual problem
public record DistanceBounds(double distance, double lowerBound) {

  /// By how much the distance exceeds the true one at most, as a part of it: 0 if it is exact.
  public double relativeError() {
    return distance == lowerBound ? 0 : distance / lowerBound - 1;
  }
}
