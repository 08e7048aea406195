package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topolip.dataset.ImageShape;

class ArchitecturesTest {

  /// Numbers of torchvision 0.28 and timm 1.0.29 (`vit_tiny_patch16_224` and so on); for CIFAR,
  /// those of He et al. (2016), table 6 (0.27, 0.46, 0.66 and 0.85 million).
  @ParameterizedTest
  @CsvSource({
    "resnet18, 224, 1000, 11689512",
    "resnet34, 224, 1000, 21797672",
    "resnet50, 224, 1000, 25557032",
    "resnet101, 224, 1000, 44549160",
    "vit-tiny, 224, 1000, 5717416",
    "vit-small, 224, 1000, 22050664",
    "vit-base, 224, 1000, 86567656",
    "resnet20, 32, 10, 269722",
    "resnet32, 32, 10, 464154",
    "resnet44, 32, 10, 658586",
    "resnet56, 32, 10, 853018"
  })
  void parametersAreAsManyAsPublished(String name, int side, int classes, long parameters) {
    ImageShape input = new ImageShape(3, side, side);
    Network network =
        new Network(
            Architectures.named(name, input), input, classes, Normalisation.of(3, 0.5, 0.5));
    assertThat(Blueprint.of(network).parameters()).isEqualTo(parameters);
  }

  @Test
  void stacksOfBothKindsHaveTheSameWeightsALayer() {
    ImageShape input = new ImageShape(3, 32, 32);
    long attention = kernels("attn-9", input) - kernels("attn-8", input);
    assertThat(kernels("conv-9", input) - kernels("conv-8", input))
        .isEqualTo(attention)
        .isEqualTo(36_864);
  }

  private static long kernels(String name, ImageShape input) {
    return kernels(Architectures.named(name, input), input);
  }

  private static long kernels(Architecture architecture, ImageShape input) {
    Network network = new Network(architecture, input, 10, Normalisation.of(3, 0.5, 0.5));
    return Blueprint.of(network).tensors().stream()
        .filter(spec -> spec.shape().size() > 1)
        .mapToLong(TensorSpec::values)
        .sum();
  }

  @Test
  void settingsReplaceDefaults() {
    ImageShape input = new ImageShape(3, 32, 32);
    assertThat(
            Architectures.with(
                Architectures.named("vit-tiny", input), Map.of("depth", "6", "pooling", "mean")))
        .isEqualTo(new VisionTransformer(4, 192, 6, 3, 4, VisionTransformer.Pooling.MEAN));
    assertThat(
            Architectures.with(
                Architectures.named("attn-6", input),
                Map.of("residual", "false", "mlp", "true", "width", "64")))
        .isEqualTo(
            new LayerStack(
                LayerStack.Mixing.ATTENTION,
                6,
                64,
                4,
                1,
                4,
                LayerStack.Stem.PATCH,
                false,
                true,
                true));
    assertThat(Architectures.with(Architectures.named("resnet20", input), Map.of("blocks", "1,1")))
        .hasToString("ResNet[block=BASIC, blocks=[1, 1], width=16, stem=SMALL, shortcut=PADDED]");
  }

  @Test
  void kernelsOfConvolutionsHaveASide() {
    ImageShape input = new ImageShape(3, 32, 32);
    Architecture five =
        Architectures.with(Architectures.named("conv-8", input), Map.of("kernel", "5"));
    assertThat(kernels(five, input))
        .isEqualTo(kernels("conv-8", input) + 8 * 64 * 64 * (5 * 5 - 3 * 3));
  }

  @Test
  void wrongNamesAndSettingsAreExplained() {
    ImageShape input = new ImageShape(3, 32, 32);
    assertThatThrownBy(() -> Architectures.named("resnet19", input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'resnet19' is no built-in architecture; there are attn-L, conv-L");
    Architecture mixer = Architectures.named("mixer", input);
    assertThatThrownBy(() -> Architectures.with(mixer, Map.of("heads", "3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no setting 'heads'; this architecture has [patch, width, depth]");
    assertThatThrownBy(() -> Architectures.with(mixer, Map.of("depth", "many")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'many' is no value for depth, which is 8");
    assertThatThrownBy(() -> Architectures.with(mixer, Map.of("width", "7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width must be even: 7");
  }
}
