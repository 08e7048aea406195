package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import topolip.dataset.Images;
import topolip.model.CrossEntropy;
import topolip.model.DifferentiableModel;
import topolip.model.Forward;
import topolip.model.Tap;

/// Built-in networks keep the contract.
class TorchModelTest {

  private static DifferentiableModel open(Architecture architecture) {
    Network network = Networks.of(architecture);
    return TorchModel.of("model", HashedValues.weights(network), 1);
  }

  @Nested
  class OfAttentionLayers extends DifferentiableModelContract {
    @Override
    protected DifferentiableModel open() {
      return TorchModelTest.open(
          new LayerStack(
              LayerStack.Mixing.ATTENTION, 2, 8, 2, 1, 4, LayerStack.Stem.PATCH, true, true, true));
    }
  }

  @Nested
  class OfConvolutionLayers extends DifferentiableModelContract {
    @Override
    protected DifferentiableModel open() {
      return TorchModelTest.open(
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
              true));
    }
  }

  @Nested
  class OfVisionTransformers extends DifferentiableModelContract {
    @Override
    protected DifferentiableModel open() {
      return TorchModelTest.open(
          new VisionTransformer(4, 12, 2, 3, 2, VisionTransformer.Pooling.CLASS_TOKEN));
    }
  }

  @Nested
  class OfResNets extends DifferentiableModelContract {
    @Override
    protected DifferentiableModel open() {
      return TorchModelTest.open(
          new ResNet(
              ResNet.Block.BASIC, List.of(1, 1), 4, ResNet.Stem.SMALL, ResNet.Shortcut.PADDED));
    }
  }

  @Nested
  class OfHybrids extends DifferentiableModelContract {
    @Override
    protected DifferentiableModel open() {
      return TorchModelTest.open(new Hybrid(2, 8, 1, 2, 2));
    }
  }

  @Nested
  class OfMixers extends DifferentiableModelContract {
    @Override
    protected DifferentiableModel open() {
      return TorchModelTest.open(new Mixer(4, 8, 2));
    }
  }

  @Test
  void blocksAreTappedBesideTheirLayers() {
    try (DifferentiableModel model =
        open(
            new LayerStack(
                LayerStack.Mixing.ATTENTION,
                2,
                8,
                2,
                1,
                4,
                LayerStack.Stem.PATCH,
                true,
                false,
                false))) {
      assertThat(model.taps().stream().filter(Tap::block).map(Tap::name))
          .containsExactly("images", "positions", "layers.0", "layers.1", "logits");
      assertThat(model.taps().stream().map(Tap::name))
          .contains("embed", "layers.1.qkv", "layers.1.attention", "layers.1.proj", "head");
    }
  }

  /// Large batches take other kernels: for a linear layer, a convolution's.
  @Test
  void batchesOfAnySizeAgree() {
    try (DifferentiableModel model =
        open(new VisionTransformer(4, 12, 2, 3, 2, VisionTransformer.Pooling.CLASS_TOKEN))) {
      int large = 16;
      Images images = DifferentiableModelContract.images(Networks.SHAPE, large);
      float[] directions = DifferentiableModelContract.images(Networks.SHAPE, large).values();
      Tap logits = model.taps().getLast();
      CrossEntropy loss = CrossEntropy.of(new int[large]);
      float[] gradients = model.lossGradient(images, loss).gradients();
      float[] products = model.jacobianVector(images, logits, directions);
      for (int i = 0; i < large; i++) {
        int from = i * Networks.SHAPE.values();
        int to = from + Networks.SHAPE.values();
        Images one = Images.wrap(Networks.SHAPE, Arrays.copyOfRange(images.values(), from, to));
        assertThat(model.lossGradient(one, CrossEntropy.of(0)).gradients())
            .containsExactly(Arrays.copyOfRange(gradients, from, to), within(1e-6f));
        assertThat(model.jacobianVector(one, logits, Arrays.copyOfRange(directions, from, to)))
            .containsExactly(Arrays.copyOfRange(products, 4 * i, 4 * i + 4), within(1e-5f));
      }
    }
  }

  @Test
  void aResidualConnectionAddsTheInput() {
    Network network =
        Networks.of(
            new LayerStack(
                LayerStack.Mixing.CONVOLUTION,
                1,
                8,
                1,
                3,
                2,
                LayerStack.Stem.PATCH,
                true,
                false,
                false));
    Network without =
        Networks.of(
            new LayerStack(
                LayerStack.Mixing.CONVOLUTION,
                1,
                8,
                1,
                3,
                2,
                LayerStack.Stem.PATCH,
                false,
                false,
                false));
    Images images = DifferentiableModelContract.images(Networks.SHAPE, 2);
    float[] embedded = activations(network, images, "embed");
    float[] sum = activations(network, images, "layers.0");
    float[] alone = activations(without, images, "layers.0");
    for (int i = 0; i < sum.length; i++) {
      assertThat(sum[i]).isEqualTo(alone[i] + embedded[i]);
    }
  }

  private static float[] activations(Network network, Images images, String name) {
    try (TorchModel model = TorchModel.of("model", HashedValues.weights(network), 1)) {
      List<Tap> taps = model.taps().stream().filter(t -> t.name().equals(name)).toList();
      Forward forward = model.forward(images, taps);
      return forward.activations().getFirst();
    }
  }
}
