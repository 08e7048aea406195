package topolip.model;

import java.util.List;

/// What one run of a model on a batch gives.
///
/// The arrays are handed over, not copied.
public final class Forward {
  private final float[] logits;
  private final List<float[]> activations;

  public Forward(float[] logits, List<float[]> activations) {
    this.logits = logits;
    this.activations = List.copyOf(activations);
  }

  /// `(samples, classes)`, row-major: the output of the model as it is, whether scores or
  /// logarithms of probabilities.
  public float[] logits() {
    return logits;
  }

  /// One array a tap, `(samples, features)`, row-major, in the order asked for.
  public List<float[]> activations() {
    return activations;
  }
}
