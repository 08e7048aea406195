package topolip.torch;

import topolip.dataset.ImageShape;
import topolip.torch.Layers.Convolution;
import topolip.torch.Layers.Linear;

/// A Vision Transformer with pre-norm blocks: Dosovitskiy et al. (2021), arXiv 2010.11929.
/// Parameters are named as in timm.
///
/// @param patch pixels on a side
/// @param mlpRatio how many times wider than the tokens the hidden layer of an MLP is
public record VisionTransformer(
    int patch, int width, int depth, int heads, int mlpRatio, Pooling pooling)
    implements Architecture {

  /// What the head sees.
  public enum Pooling {
    CLASS_TOKEN,
    MEAN
  }

  public VisionTransformer {
    Architecture.requireSizes(patch, width, depth, heads);
    Architecture.requireSizes(1, mlpRatio, 1, 1);
  }

  @Override
  public <T> T logits(Layers<T> layers, T images, ImageShape input, int classes) {
    int count = Architecture.patches(input, patch);
    // (batch, channels, height, width) → (batch, width, rows, columns)
    T grid =
        layers.convolution(
            "patch_embed.proj", images, Convolution.patches(input.channels(), width, patch));
    T x = layers.tokens(grid); // (batch, count, width)
    if (pooling == Pooling.CLASS_TOKEN) {
      x = layers.classToken("cls_token", x, width); // (batch, 1 + count, width)
      count++;
    }
    x = layers.block("pos_embed", "Add", layers.positions("pos_embed", x, count, width));
    for (int b = 0; b < depth; b++) {
      x = block(layers, "blocks." + b, x, width, heads, mlpRatio);
    }
    x = layers.block("norm", "LayerNormalization", layers.layerNorm("norm", x, width));
    T pooled = // (batch, width)
        switch (pooling) {
          case CLASS_TOKEN -> layers.firstToken(x);
          case MEAN -> layers.tokenMean(x);
        };
    return layers.linear("head", pooled, new Linear(width, classes, Initial.TRANSFORMER));
  }

  /// Attention between the tokens, then an MLP on each: `(batch, tokens, width)` stays.
  static <T> T block(Layers<T> layers, String name, T x, int width, int heads, int mlpRatio) {
    int hidden = mlpRatio * width;
    T y = layers.layerNorm(name + ".norm1", x, width);
    // (batch, tokens, 3 · width)
    y = layers.linear(name + ".attn.qkv", y, new Linear(width, 3 * width, Initial.TRANSFORMER));
    y = layers.attention(name + ".attn", y, width, heads); // (batch, tokens, width)
    y = layers.linear(name + ".attn.proj", y, new Linear(width, width, Initial.TRANSFORMER));
    T middle = layers.add(x, y);
    y = layers.layerNorm(name + ".norm2", middle, width);
    // (batch, tokens, hidden)
    y = layers.linear(name + ".mlp.fc1", y, new Linear(width, hidden, Initial.TRANSFORMER));
    y = layers.gelu(y);
    y = layers.linear(name + ".mlp.fc2", y, new Linear(hidden, width, Initial.TRANSFORMER));
    return layers.block(name, "Add", layers.add(middle, y)); // (batch, tokens, width)
  }
}
