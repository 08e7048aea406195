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
    return new Accuracy(correct, total, interval.getLowerBound(), interval.getUpperBound());
  }

  /// The share of correct predictions.
  public double share() {
    return (double) correct / total;
  }
}
