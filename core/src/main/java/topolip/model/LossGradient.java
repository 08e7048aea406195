package topolip.model;

/// The losses of a batch and their gradients with respect to the pixels.
///
/// The arrays are handed over, not copied.
public final class LossGradient {
  private final float[] logits;
  private final float[] losses;
  private final float[] gradients;

  public LossGradient(float[] logits, float[] losses, float[] gradients) {
    this.logits = logits;
    this.losses = losses;
    this.gradients = gradients;
  }

  /// `(samples, classes)`, row-major.
  public float[] logits() {
    return logits;
  }

  /// `(samples)`.
  public float[] losses() {
    return losses;
  }

  /// `(samples, channels, height, width)`, row-major: of each sample's loss with respect to its own
  /// pixels in [0, 1].
  public float[] gradients() {
    return gradients;
  }
}
