package topolip.torch;

import topolip.dataset.ImageShape;
import topolip.torch.Layers.Convolution;
import topolip.torch.Layers.Linear;

/// A convolutional stem with transformer blocks behind it: Xiao et al. (2021), arXiv 2106.14881.
///
/// @param halvings convolutions of stride 2 in the stem, each doubling the channels up to the width
/// @param mlpRatio how many times wider than the tokens the hidden layer of an MLP is
public record Hybrid(int halvings, int width, int depth, int heads, int mlpRatio)
    implements Architecture {

  public Hybrid {
    Architecture.requireSizes(1, width, depth, heads);
    Architecture.requireSizes(1, mlpRatio, 1, 1);
    if (halvings < 1 || halvings > 6 || width % (1 << (halvings - 1)) != 0) {
      throw new IllegalArgumentException(
          "1 to 6 halvings, and a width that can be halved one time less: %d, %d"
              .formatted(halvings, width));
    }
  }

  @Override
  public <T> T logits(Layers<T> layers, T images, ImageShape input, int classes) {
    int count = Architecture.patches(input, 1 << halvings);
    T x = images;
    int in = input.channels();
    for (int h = 0; h < halvings; h++) {
      int out = width >> (halvings - 1 - h);
      x = layers.convolution("stem.%d.conv".formatted(h), x, Convolution.same(in, out, 3, 2));
      x = layers.relu(layers.batchNorm("stem.%d.bn".formatted(h), x, out));
      x = layers.block("stem." + h, "Relu", x); // (batch, out, height / 2ʰ⁺¹, width / 2ʰ⁺¹)
      in = out;
    }
    T tokens = layers.tokens(x); // (batch, count, width)
    tokens = layers.block("pos_embed", "Add", layers.positions("pos_embed", tokens, count, width));
    for (int b = 0; b < depth; b++) {
      tokens = VisionTransformer.block(layers, "blocks." + b, tokens, width, heads, mlpRatio);
    }
    tokens = layers.block("norm", "LayerNormalization", layers.layerNorm("norm", tokens, width));
    return layers.linear(
        "head", layers.tokenMean(tokens), new Linear(width, classes, Initial.TRANSFORMER));
  }
}
