package topolip.torch;

import topolip.torch.Layers.Convolution;

/// Convolutions of stride 2 that make a grid of tokens out of pixels: Xiao et al. (2021), arXiv
/// 2106.14881.
final class ConvolutionalStem {
  private ConvolutionalStem() {}

  /// `(batch, in, height, width)` becomes `(batch, out, height / 2ʰ, width / 2ʰ)`, h halvings.
  ///
  /// The last of them is no tap: what adds positions to it moves all samples alike, which leaves
  /// the shape of the data as it is.
  ///
  /// @param halvings convolutions, each doubling the channels up to `out`
  static <T> T of(Layers<T> layers, T images, int in, int out, int halvings) {
    T x = images;
    int channels = in;
    for (int h = 0; h < halvings; h++) {
      int next = out >> (halvings - 1 - h);
      x =
          layers.convolution(
              "stem.%d.conv".formatted(h), x, Convolution.same(channels, next, 3, 2));
      x = layers.relu(layers.batchNorm("stem.%d.bn".formatted(h), x, next));
      if (h + 1 < halvings) {
        x = layers.block("stem." + h, "Relu", x);
      }
      channels = next;
    }
    return x;
  }

  /// @throws IllegalArgumentException unless 1 to 6 halvings reach the width
  static void requireReachable(int halvings, int width) {
    if (halvings < 1 || halvings > 6 || width % (1 << (halvings - 1)) != 0) {
      throw new IllegalArgumentException(
          "1 to 6 halvings, and a width that can be halved one time less: %d, %d"
              .formatted(halvings, width));
    }
  }
}
