package topolip.torch;

import topolip.dataset.ImageShape;
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
    ConvolutionalStem.requireReachable(halvings, width);
  }

  @Override
  public <T> T logits(Layers<T> layers, T images, ImageShape input, int classes) {
    int count = Architecture.patches(input, 1 << halvings);
    T x = ConvolutionalStem.of(layers, images, input.channels(), width, halvings);
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
