package topolip.perturb.attack;

/// What the model answers about one image.
final class Answer {
  private final float[] logits;
  private final double loss;
  private final double[] gradient;

  /// @param gradient of the loss with respect to the pixels; empty if there is no loss
  Answer(float[] logits, double loss, double[] gradient) {
    this.logits = logits;
    this.loss = loss;
    this.gradient = gradient;
  }

  float[] logits() {
    return logits;
  }

  double loss() {
    return loss;
  }

  double[] gradient() {
    return gradient;
  }
}
