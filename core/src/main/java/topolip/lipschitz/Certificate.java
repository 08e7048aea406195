package topolip.lipschitz;

import java.util.List;
import java.util.stream.IntStream;

/// A radius within which the class of an image cannot change: `margin / (√2 L)` in the Euclidean
/// norm, for an upper bound L of the Lipschitz constant from the image to the logits.
///
/// The difference of two logits is `√2 L`-Lipschitz, since `‖e_y − e_j‖ = √2` (Tsuzuku, Sato,
/// Sugiyama 2018, arXiv 1802.04034). Scores after a softmax or log-softmax serve as well as logits.
/// Proved where the bound is, but for the rounding of the network's own arithmetic.
///
/// @param label the true class
/// @param margin the score of the label less the largest other one; not positive where the image is
///   classified wrongly
/// @param radius 0 if it is classified wrongly
public record Certificate(int label, double margin, double radius) {

  /// The certificates of images with these scores.
  ///
  /// @param logits `(images, classes)`
  /// @param labels the true classes
  /// @param bound of the Lipschitz constant, valid at all images in [0, 1]
  /// @throws IllegalArgumentException if the bound is not an upper one, or lengths do not fit
  public static List<Certificate> of(float[] logits, int[] labels, Bound bound) {
    if (!bound.isUpper()) {
      throw new IllegalArgumentException("a certificate needs an upper bound, not " + bound);
    }
    if (labels.length == 0 || logits.length % labels.length != 0) {
      throw new IllegalArgumentException(
          "%d logits of %d images".formatted(logits.length, labels.length));
    }
    int classes = logits.length / labels.length;
    return IntStream.range(0, labels.length)
        .mapToObj(i -> {
          double margin = margin(logits, i * classes, classes, labels[i]);
          double logarithm = Math.log(margin) - Math.log(2) / 2 - bound.logarithm();
          return new Certificate(labels[i], margin, margin > 0 ? Math.exp(logarithm) : 0);
        })
        .toList();
  }

  private static double margin(float[] logits, int from, int classes, int label) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "label %d, but the model has %d classes".formatted(label, classes));
    }
    double other = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      other = c == label ? other : Math.max(other, logits[from + c]);
    }
    return logits[from + label] - other;
  }
}
