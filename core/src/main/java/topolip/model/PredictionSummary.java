package topolip.model;

/// How good and how sure the predictions of a set of samples are.
///
/// @param accuracy with its Wilson interval
/// @param confidence the mean probability of the predicted class
/// @param entropy the mean entropy of the predicted probabilities, in nats
/// @param calibrationError the expected calibration error: the mean, over samples, of the gap
///   between accuracy and confidence of their bin, of 15 equal bins of confidence (Guo et al. 2017,
///   arXiv:1706.04599)
public record PredictionSummary(
    Accuracy accuracy, double confidence, double entropy, double calibrationError) {}
