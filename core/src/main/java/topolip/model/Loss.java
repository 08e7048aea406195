package topolip.model;

/// A function of one sample's logits, for each sample of a batch.
@FunctionalInterface
public interface Loss {

  /// The losses of samples with these logits, and their derivatives with respect to the logits.
  ///
  /// @param logits `(samples, classes)`, row-major
  Values at(float[] logits, int classes);

  /// What a loss is at a batch of logits.
  ///
  /// The arrays are handed over, not copied.
  final class Values {
    private final float[] losses;
    private final float[] derivatives;

    public Values(float[] losses, float[] derivatives) {
      this.losses = losses;
      this.derivatives = derivatives;
    }

    /// `(samples)`.
    public float[] losses() {
      return losses;
    }

    /// `(samples, classes)`, row-major: of each sample's loss with respect to its own logits.
    public float[] derivatives() {
      return derivatives;
    }
  }
}
