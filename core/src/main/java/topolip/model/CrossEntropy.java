package topolip.model;

/// The cross-entropy of the softmax of the logits, `log Σ exp zⱼ − z_label`.
///
/// Computed in double from the largest logit on, so that large logits do not overflow.
public final class CrossEntropy implements Loss {
  private final int[] labels;

  private CrossEntropy(int[] labels) {
    this.labels = labels;
  }

  /// With respect to these classes, one a sample.
  public static CrossEntropy of(int... labels) {
    return new CrossEntropy(labels.clone());
  }

  /// @throws IllegalArgumentException if there are not as many samples as labels, or a label is no
  ///   class
  @Override
  public Values at(float[] logits, int classes) {
    if (logits.length != Math.multiplyExact(labels.length, classes)) {
      throw new IllegalArgumentException(
          "%d logits of %d classes for %d labels".formatted(logits.length, classes, labels.length));
    }
    float[] losses = new float[labels.length];
    float[] derivatives = new float[logits.length];
    for (int s = 0; s < labels.length; s++) {
      if (labels[s] < 0 || labels[s] >= classes) {
        throw new IllegalArgumentException(
            "label %d of sample %d is none of %d classes".formatted(labels[s], s, classes));
      }
      losses[s] = (float) sample(logits, s * classes, classes, labels[s], derivatives);
    }
    return new Values(losses, derivatives);
  }

  private static double sample(
      float[] logits, int from, int classes, int label, float[] derivatives) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = from; c < from + classes; c++) {
      largest = Math.max(largest, logits[c]);
    }
    double sum = 0;
    for (int c = from; c < from + classes; c++) {
      sum += Math.exp(logits[c] - largest);
    }
    for (int c = from; c < from + classes; c++) {
      double share = Math.exp(logits[c] - largest) / sum;
      derivatives[c] = (float) (c == from + label ? share - 1 : share);
    }
    return Math.log(sum) + largest - logits[from + label];
  }
}
