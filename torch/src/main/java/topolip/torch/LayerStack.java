package topolip.torch;

import topolip.dataset.ImageShape;
import topolip.torch.Layers.Convolution;
import topolip.torch.Layers.Linear;

/// Attention layers or convolution layers on top of each other, on the same grid of patches: the
/// two kinds of B. Chen, arXiv 2410.17628, with the ingredients around them as options.
///
/// A layer is `mix(norm(x))`, with a residual connection `x + mix(norm(x))`; an MLP adds
/// `mlp(norm(x))` in the same way. Attention is multi-head and ends in a linear map; a convolution
/// is followed by ReLU, without which a stack of them would be linear.
///
/// @param heads of attention; 1 for convolutions
/// @param kernel the side of a convolution's kernel, odd; 1 for attention
/// @param patch pixels on a side of what becomes one place of the grid
/// @param stem how: by one linear map, or by convolutions of stride 2, which learn faster
/// @param normalisation layer normalisation for attention, batch normalisation for convolution
public record LayerStack(
    Mixing mixing,
    int depth,
    int width,
    int heads,
    int kernel,
    int patch,
    Stem stem,
    boolean residual,
    boolean normalisation,
    boolean mlp)
    implements Architecture {
  private static final int MLP_RATIO = 4;
  private static final int LARGEST_KERNEL = 63;

  /// How places of the grid see each other.
  public enum Mixing {
    ATTENTION,
    CONVOLUTION
  }

  /// How pixels become places of the grid.
  public enum Stem {
    PATCH,
    CONVOLUTION
  }

  public LayerStack {
    Architecture.requireSizes(patch, width, depth, heads);
    boolean attention = mixing == Mixing.ATTENTION;
    if (attention ? kernel != 1 : heads != 1) {
      throw new IllegalArgumentException(
          attention
              ? "attention has no kernel: %d must be 1".formatted(kernel)
              : "convolutions have no heads: %d must be 1".formatted(heads));
    }
    if (kernel % 2 != 1 || kernel < 1 || kernel > LARGEST_KERNEL) {
      throw new IllegalArgumentException(
          "kernel must be odd and between 1 and %d: %d".formatted(LARGEST_KERNEL, kernel));
    }
    if (stem == Stem.CONVOLUTION) {
      if (Integer.bitCount(patch) != 1) {
        throw new IllegalArgumentException(
            "a convolutional stem halves: patch must be a power of 2, not " + patch);
      }
      ConvolutionalStem.requireReachable(halvings(patch), width);
    }
  }

  @Override
  public <T> T logits(Layers<T> layers, T images, ImageShape input, int classes) {
    int count = Architecture.patches(input, patch);
    // (batch, channels, height, width) → (batch, width, rows, columns)
    T x = embedded(layers, images, input.channels());
    T pooled =
        switch (mixing) {
          case ATTENTION -> {
            T tokens = layers.positions("positions", layers.tokens(x), count, width);
            yield layers.tokenMean(attentions(layers, layers.block("positions", "Add", tokens)));
          }
          case CONVOLUTION -> layers.spaceMean(convolutions(layers, x));
        };
    return layers.linear("head", pooled, new Linear(width, classes, Initial.FAN_IN));
  }

  /// The grid before the first layer: a tap of its own, unless positions are still to be added.
  private <T> T embedded(Layers<T> layers, T images, int channels) {
    T x =
        switch (stem) {
          case PATCH ->
              layers.convolution("embed", images, Convolution.patches(channels, width, patch));
          case CONVOLUTION ->
              ConvolutionalStem.of(layers, images, channels, width, halvings(patch));
        };
    String kind = stem == Stem.PATCH ? "Conv" : "Relu";
    return mixing == Mixing.ATTENTION ? x : layers.block("embed", kind, x);
  }

  private static int halvings(int patch) {
    return Integer.numberOfTrailingZeros(patch);
  }

  /// `(batch, count, width)` stays.
  private <T> T attentions(Layers<T> layers, T x) {
    for (int d = 0; d < depth; d++) {
      String name = "layers." + d;
      T y = normalisation ? layers.layerNorm(name + ".norm", x, width) : x;
      // (batch, count, 3 · width)
      y = layers.linear(name + ".qkv", y, new Linear(width, 3 * width, Initial.LECUN));
      y = layers.attention(name + ".attention", y, width, heads);
      y = layers.linear(name + ".proj", y, new Linear(width, width, Initial.LECUN));
      x = ended(layers, name, x, y, mlp);
      if (mlp) {
        y = normalisation ? layers.layerNorm(name + ".mlp.norm", x, width) : x;
        int hidden = MLP_RATIO * width; // (batch, count, hidden)
        y = layers.linear(name + ".mlp.fc1", y, new Linear(width, hidden, Initial.LECUN));
        y = layers.gelu(y);
        y = layers.linear(name + ".mlp.fc2", y, new Linear(hidden, width, Initial.LECUN));
        x = ended(layers, name, x, y, false);
      }
    }
    return x;
  }

  /// `(batch, width, rows, columns)` stays.
  private <T> T convolutions(Layers<T> layers, T x) {
    for (int d = 0; d < depth; d++) {
      String name = "layers." + d;
      T y = normalisation ? layers.batchNorm(name + ".norm", x, width) : x;
      y = layers.relu(layers.convolution(name + ".conv", y, biased(width, width, kernel)));
      x = ended(layers, name, x, y, mlp);
      if (mlp) {
        y = normalisation ? layers.batchNorm(name + ".mlp.norm", x, width) : x;
        int hidden = MLP_RATIO * width; // (batch, hidden, rows, columns)
        y = layers.gelu(layers.convolution(name + ".mlp.fc1", y, biased(width, hidden, 1)));
        y = layers.convolution(name + ".mlp.fc2", y, biased(hidden, width, 1));
        x = ended(layers, name, x, y, false);
      }
    }
    return x;
  }

  private static Convolution biased(int in, int out, int kernel) {
    return new Convolution(in, out, kernel, 1, kernel / 2, true, Initial.KAIMING);
  }

  /// The end of a layer; of a block, unless an MLP follows.
  private <T> T ended(Layers<T> layers, String name, T x, T y, boolean goesOn) {
    T end = residual ? layers.add(x, y) : y;
    String kind = residual ? "Add" : "Layer";
    return goesOn ? end : layers.block(name, kind, end);
  }
}
