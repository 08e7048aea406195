package topolip.torch;

import topolip.dataset.ImageShape;
import topolip.torch.Layers.Convolution;
import topolip.torch.Layers.Linear;

/// An MLP-mixer: Tolstikhin et al. (2021), arXiv 2105.01601. Parameters are named as in timm.
///
/// The hidden layer of the MLPs between tokens is half as wide as the tokens, that of the MLPs
/// within tokens four times as wide.
///
/// @param patch pixels on a side
public record Mixer(int patch, int width, int depth) implements Architecture {

  public Mixer {
    Architecture.requireSizes(patch, width, depth, 1);
    if (width % 2 != 0) {
      throw new IllegalArgumentException("width must be even: " + width);
    }
  }

  @Override
  public <T> T logits(Layers<T> layers, T images, ImageShape input, int classes) {
    int count = Architecture.patches(input, patch);
    T grid = // (batch, width, rows, columns)
        layers.convolution(
            "stem.proj", images, Convolution.patches(input.channels(), width, patch));
    T x = layers.block("stem", "Conv", layers.tokens(grid)); // (batch, count, width)
    for (int b = 0; b < depth; b++) {
      String name = "blocks." + b;
      T y = layers.transposed(layers.layerNorm(name + ".norm1", x, width));
      y = mlp(layers, name + ".mlp_tokens", y, count, width / 2); // (batch, width, count)
      T middle = layers.add(x, layers.transposed(y));
      y = layers.layerNorm(name + ".norm2", middle, width);
      y = mlp(layers, name + ".mlp_channels", y, width, 4 * width); // (batch, count, width)
      x = layers.block(name, "Add", layers.add(middle, y));
    }
    x = layers.block("norm", "LayerNormalization", layers.layerNorm("norm", x, width));
    return layers.linear(
        "head", layers.tokenMean(x), new Linear(width, classes, Initial.TRANSFORMER));
  }

  private static <T> T mlp(Layers<T> layers, String name, T x, int in, int hidden) {
    T y = layers.linear(name + ".fc1", x, new Linear(in, hidden, Initial.FAN_IN));
    return layers.linear(name + ".fc2", layers.gelu(y), new Linear(hidden, in, Initial.FAN_IN));
  }
}
