package topolip.torch;

import java.util.List;
import topolip.dataset.ImageShape;
import topolip.torch.Layers.Convolution;
import topolip.torch.Layers.Linear;

/// A residual network: He et al. (2016), arXiv 1512.03385. Parameters are named as in torchvision.
///
/// @param blocks how many a stage; each stage but the first halves the sides and doubles the width
/// @param width of the first stage
public record ResNet(Block block, List<Integer> blocks, int width, Stem stem, Shortcut shortcut)
    implements Architecture {

  /// What a block computes beside its shortcut.
  public enum Block {
    /// Two 3 × 3 convolutions.
    BASIC,
    /// 1 × 1, 3 × 3 and 1 × 1; its output is four times wider.
    BOTTLENECK
  }

  /// How a network begins.
  public enum Stem {
    /// 3 × 3, stride 1: for CIFAR.
    SMALL,
    /// 7 × 7, stride 2, and a pooling of stride 2: for ImageNet.
    LARGE
  }

  /// How a shortcut changes its shape.
  public enum Shortcut {
    /// Every second pixel, new channels zero (option A of He et al.).
    PADDED,
    /// 1 × 1 convolution (option B).
    PROJECTED
  }

  public ResNet {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty() || blocks.size() > 5) {
      throw new IllegalArgumentException("a ResNet has 1 to 5 stages: " + blocks.size());
    }
    blocks.forEach(count -> Architecture.requireSizes(1, 1, count, 1));
    Architecture.requireSizes(1, width, 1, 1);
  }

  @Override
  public <T> T logits(Layers<T> layers, T images, ImageShape input, int classes) {
    T x = stem(layers, images, input.channels()); // (batch, width, height, width)
    int in = width;
    for (int s = 0; s < blocks.size(); s++) {
      int out = (block == Block.BASIC ? 1 : 4) * (width << s);
      for (int b = 0; b < blocks.get(s); b++) {
        int stride = s > 0 && b == 0 ? 2 : 1;
        x = block(layers, "layer%d.%d".formatted(s + 1, b), x, in, out, width << s, stride);
        in = out; // (batch, out, height / 2ˢ, width / 2ˢ)
      }
    }
    T pooled = layers.spaceMean(x); // (batch, in)
    return layers.linear("fc", pooled, new Linear(in, classes, Initial.FAN_IN));
  }

  private <T> T stem(Layers<T> layers, T images, int channels) {
    Convolution convolution =
        switch (stem) {
          case SMALL -> Convolution.same(channels, width, 3, 1);
          case LARGE -> Convolution.same(channels, width, 7, 2);
        };
    T x = layers.convolution("conv1", images, convolution);
    x = layers.relu(layers.batchNorm("bn1", x, width));
    return switch (stem) {
      case SMALL -> layers.block("relu", "Relu", x);
      case LARGE -> layers.block("maxpool", "MaxPool", layers.maxPool(x));
    };
  }

  /// `(batch, in, h, w)` → `(batch, out, h / stride, w / stride)`.
  private <T> T block(Layers<T> layers, String name, T x, int in, int out, int middle, int stride) {
    T y =
        switch (block) {
          case BASIC -> {
            T first = convolved(layers, name, 1, x, Convolution.same(in, middle, 3, stride));
            yield convolved(
                layers, name, 2, layers.relu(first), Convolution.same(middle, out, 3, 1));
          }
          case BOTTLENECK -> {
            T first = convolved(layers, name, 1, x, Convolution.same(in, middle, 1, 1));
            T second =
                convolved(
                    layers,
                    name,
                    2,
                    layers.relu(first),
                    Convolution.same(middle, middle, 3, stride));
            yield convolved(
                layers, name, 3, layers.relu(second), Convolution.same(middle, out, 1, 1));
          }
        };
    T sum = layers.add(y, shortcut(layers, name, x, in, out, stride));
    return layers.block(name, "Relu", layers.relu(sum));
  }

  private static <T> T convolved(
      Layers<T> layers, String name, int place, T x, Convolution convolution) {
    T y = layers.convolution(name + ".conv" + place, x, convolution);
    return layers.batchNorm(name + ".bn" + place, y, convolution.out());
  }

  private <T> T shortcut(Layers<T> layers, String name, T x, int in, int out, int stride) {
    if (in == out && stride == 1) {
      return x;
    }
    return switch (shortcut) {
      case PADDED -> layers.subsample(x, in, stride, out);
      case PROJECTED -> {
        T y = layers.convolution(name + ".downsample.0", x, Convolution.same(in, out, 1, stride));
        yield layers.batchNorm(name + ".downsample.1", y, out);
      }
    };
  }
}
