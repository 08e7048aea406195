package topolip.torch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import topolip.dataset.ImageShape;

/// The shape of a network: what it computes of images, but for its weights.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LayerStack.class, name = "layer-stack"),
  @JsonSubTypes.Type(value = VisionTransformer.class, name = "vision-transformer"),
  @JsonSubTypes.Type(value = ResNet.class, name = "resnet"),
  @JsonSubTypes.Type(value = Hybrid.class, name = "hybrid"),
  @JsonSubTypes.Type(value = Mixer.class, name = "mixer")
})
public sealed interface Architecture permits LayerStack, VisionTransformer, ResNet, Hybrid, Mixer {

  /// No network has more blocks, or wider ones: what a file claims is checked before memory is
  /// taken.
  int MOST = 1 << 14;

  /// The logits, `(batch, classes)`, of normalised images `(batch, channels, height, width)`.
  ///
  /// @throws IllegalArgumentException if the architecture cannot take images of this shape
  <T> T logits(Layers<T> layers, T images, ImageShape input, int classes);

  /// @throws IllegalArgumentException unless 1 ≤ value ≤ [#MOST]
  private static void requireSize(String what, int value) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(
          "%s must be between 1 and %d: %d".formatted(what, MOST, value));
    }
  }

  /// Checks what all transformers have.
  ///
  /// @throws IllegalArgumentException if a size is out of range, or heads do not divide the width
  static void requireSizes(int patch, int width, int depth, int heads) {
    requireSize("patch", patch);
    requireSize("width", width);
    requireSize("depth", depth);
    requireSize("heads", heads);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "%d heads do not divide a width of %d".formatted(heads, width));
    }
  }

  /// The number of patches of an image.
  ///
  /// @throws IllegalArgumentException if the patches do not tile it
  static int patches(ImageShape input, int patch) {
    if (input.height() % patch != 0 || input.width() % patch != 0) {
      throw new IllegalArgumentException(
          "patches of %d x %d do not tile images of %s".formatted(patch, patch, input));
    }
    return input.height() / patch * (input.width() / patch);
  }
}
