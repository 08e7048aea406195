package topolip.torch;

import java.util.List;
import topolip.dataset.ImageShape;

/// Small networks of every architecture.
public final class Networks {
  public static final ImageShape SHAPE = new ImageShape(3, 8, 8);

  private Networks() {}

  static Network of(Architecture architecture) {
    return new Network(
        architecture, SHAPE, 4, new Normalisation(List.of(0.4, 0.5, 0.6), List.of(0.25, 0.2, 0.3)));
  }

  public static List<Network> all() {
    return List.of(
        of(
            new LayerStack(
                LayerStack.Mixing.ATTENTION,
                2,
                8,
                2,
                1,
                2,
                LayerStack.Stem.PATCH,
                true,
                true,
                true)),
        of(
            new LayerStack(
                LayerStack.Mixing.ATTENTION,
                2,
                8,
                2,
                1,
                2,
                LayerStack.Stem.PATCH,
                false,
                false,
                false)),
        of(
            new LayerStack(
                LayerStack.Mixing.CONVOLUTION,
                2,
                8,
                1,
                3,
                2,
                LayerStack.Stem.PATCH,
                true,
                true,
                true)),
        of(
            new LayerStack(
                LayerStack.Mixing.CONVOLUTION,
                2,
                8,
                1,
                5,
                2,
                LayerStack.Stem.PATCH,
                false,
                false,
                false)),
        of(new VisionTransformer(4, 12, 2, 3, 2, VisionTransformer.Pooling.CLASS_TOKEN)),
        of(new VisionTransformer(2, 12, 1, 2, 4, VisionTransformer.Pooling.MEAN)),
        of(resNet(ResNet.Block.BASIC, ResNet.Stem.SMALL, ResNet.Shortcut.PADDED)),
        of(resNet(ResNet.Block.BOTTLENECK, ResNet.Stem.LARGE, ResNet.Shortcut.PROJECTED)),
        of(
            new LayerStack(
                LayerStack.Mixing.ATTENTION,
                2,
                8,
                2,
                1,
                4,
                LayerStack.Stem.CONVOLUTION,
                true,
                true,
                false)),
        of(
            new LayerStack(
                LayerStack.Mixing.CONVOLUTION,
                2,
                8,
                1,
                3,
                4,
                LayerStack.Stem.CONVOLUTION,
                true,
                true,
                false)),
        of(new Hybrid(2, 8, 1, 2, 2)),
        of(new Mixer(4, 8, 2)));
  }

  private static ResNet resNet(ResNet.Block block, ResNet.Stem stem, ResNet.Shortcut shortcut) {
    return new ResNet(block, List.of(1, 2), 4, stem, shortcut);
  }
}
