package topolip.model;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/// How many of the images a model classifies correctly.
///
/// @param low and `high`: the 95 % Wilson interval of the share
public record Accuracy(int correct, int total, double low, double high) {
  private static final double SIGNIFICANCE = 0.05;

  public static Accuracy of(int correct, int total) {
    var interval =
        BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(total, correct, SIGNIFICANCE);
    // Rounding takes the ends of all or nothing correct a bit beyond [0, 1].
    return new Accuracy(
        correct,
        total,
        Math.max(0, interval.getLowerBound()),
        Math.min(1, interval.getUpperBound()));
  }

  /// The share of correct predictions.
  public double share() {
    return (double) correct / total;
  }
}
