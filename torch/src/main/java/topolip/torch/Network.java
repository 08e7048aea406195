package topolip.torch;

import topolip.dataset.ImageShape;

/// An architecture for images of a shape and a number of classes, with the normalisation that it
/// begins with.
public record Network(
    Architecture architecture, ImageShape input, int classes, Normalisation normalisation) {

  /// @throws IllegalArgumentException if the architecture cannot take such images, there are less
  ///   than two classes, or the normalisation has another number of channels
  public Network {
    if (classes < 2 || classes > 1 << 20) {
      throw new IllegalArgumentException("classes must be between 2 and 2^20: " + classes);
    }
    if (normalisation.mean().size() != input.channels()) {
      throw new IllegalArgumentException(
          "normalisation of %d channels for images of %s"
              .formatted(normalisation.mean().size(), input));
    }
  }

  /// The logits, `(batch, classes)`, of images in [0, 1].
  <T> T logits(Layers<T> layers, T images) {
    T x = normalisation.isIdentity() ? images : layers.normalise(images, normalisation);
    return layers.block("logits", "Gemm", architecture.logits(layers, x, input, classes));
  }
}
