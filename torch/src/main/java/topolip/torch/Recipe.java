package topolip.torch;

/// How a network is trained. The same recipe, data and start give the same weights, bit for bit.
///
/// The learning rate rises linearly in the warm-up, then falls to 0 along a cosine.
///
/// @param batch images a step; what an epoch leaves over is left out
/// @param learningRate at the end of the warm-up
/// @param warmup epochs
/// @param labelSmoothing the share of each label that is spread over all classes
/// @param seed of the order of images, augmentation and attacks
/// @param threads that libtorch uses: sums depend on them
public record Recipe(
    int epochs,
    int batch,
    double learningRate,
    int warmup,
    double labelSmoothing,
    Optimizer optimizer,
    Augmentation augmentation,
    Adversary adversary,
    long seed,
    int threads) {

  public Recipe {
    if (epochs < 1 || batch < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "epochs, batch and threads must be positive: %d, %d, %d"
              .formatted(epochs, batch, threads));
    }
    if (warmup < 0 || warmup >= epochs) {
      throw new IllegalArgumentException(
          "warm-up must be shorter than training: %d of %d epochs".formatted(warmup, epochs));
    }
    if (!(learningRate > 0) || learningRate == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("learning rate must be positive: " + learningRate);
    }
    requireShare("label smoothing", labelSmoothing);
  }

  /// The learning rate of a step, counted from 0.
  double learningRate(long step, int stepsPerEpoch) {
    long rising = (long) warmup * stepsPerEpoch;
    if (step < rising) {
      return learningRate * (step + 1) / rising;
    }
    double progress = (double) (step - rising) / ((long) epochs * stepsPerEpoch - rising);
    return learningRate * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  /// @throws IllegalArgumentException unless 0 ≤ value < 1
  static void requireShare(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s must be at least 0 and below 1: %s".formatted(what, value));
    }
  }

  /// @throws IllegalArgumentException unless 0 ≤ value < ∞
  static void requireAtLeastZero(String what, double value) {
    if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "%s must be at least 0 and finite: %s".formatted(what, value));
    }
  }
}
