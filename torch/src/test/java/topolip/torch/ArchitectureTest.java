package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import topolip.dataset.ImageShape;

class ArchitectureTest {

  @Test
  void randomWeightsDependOnTheSeedAlone() {
    Network network = Networks.all().getFirst();
    NetworkWeights first = NetworkWeights.random(network, 1);
    assertThat(first.arrays()).isEqualTo(NetworkWeights.random(network, 1).arrays());
    assertThat(first.sha256()).isEqualTo(NetworkWeights.random(network, 1).sha256());
    assertThat(first.sha256()).isNotEqualTo(NetworkWeights.random(network, 2).sha256());
  }

  /// σ² of He et al. is 2 over the number of values that a weight's input reaches.
  @Test
  void convolutionsBeginWithTheSpreadOfHe() {
    float[] values = Initial.KAIMING.draw(new int[] {64, 128, 3, 3}, 1, 0);
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    assertThat(squares / values.length).isCloseTo(2.0 / (64 * 9), within(1e-4));
  }

  @Test
  void equalShapesAtOtherPlacesBeginDifferently() {
    Map<String, FloatArray> arrays =
        NetworkWeights.random(Networks.of(new Mixer(4, 8, 2)), 1).arrays();
    assertThat(Objects.requireNonNull(arrays.get("blocks.0.mlp_channels.fc1.weight")))
        .isNotEqualTo(arrays.get("blocks.1.mlp_channels.fc1.weight"));
  }

  @Test
  void whatDoesNotFitIsListed() {
    Network network = Networks.of(new Mixer(4, 8, 1));
    Map<String, FloatArray> arrays =
        new java.util.LinkedHashMap<>(NetworkWeights.random(network, 1).arrays());
    arrays.remove("norm.bias");
    arrays.put("norm.weight", FloatArray.wrap(List.of(2), new float[2]));
    arrays.put("extra", FloatArray.wrap(List.of(1), new float[1]));
    arrays.put("bn.num_batches_tracked", FloatArray.wrap(List.of(1), new float[1]));
    assertThatThrownBy(() -> NetworkWeights.of(network, arrays))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "3 tensors do not fit the architecture: norm.weight has shape [2], not [8];"
                + " norm.bias [8] is missing; extra [1] is unexpected");
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    ImageShape odd = new ImageShape(3, 9, 8);
    Normalisation none = Normalisation.of(3, 0, 1);
    assertThatThrownBy(() -> Blueprint.of(new Network(new Mixer(4, 8, 1), odd, 4, none)))
        .hasMessage("patches of 4 x 4 do not tile images of 3x9x8");
    assertThatThrownBy(() ->
            new LayerStack(
                LayerStack.Mixing.ATTENTION,
                2,
                8,
                3,
                1,
                4,
                LayerStack.Stem.PATCH,
                true,
                true,
                true))
        .hasMessage("3 heads do not divide a width of 8");
    Architecture convolutions = Architectures.named("conv-2", Networks.SHAPE);
    assertThatThrownBy(() -> Architectures.with(convolutions, Map.of("heads", "2")))
        .hasMessageContaining("convolutions have no heads: 2 must be 1");
    assertThatThrownBy(() -> Architectures.with(convolutions, Map.of("kernel", "4")))
        .hasMessageContaining("kernel must be odd and between 1 and 63: 4");
    Architecture attention = Architectures.named("attn-2", Networks.SHAPE);
    assertThatThrownBy(() -> Architectures.with(attention, Map.of("kernel", "3")))
        .hasMessageContaining("attention has no kernel: 3 must be 1");
    assertThatThrownBy(() -> new Mixer(4, 8, 1 << 20)).hasMessageContaining("depth must be");
    assertThatThrownBy(
            () -> new Network(new Mixer(4, 8, 1), Networks.SHAPE, 4, Normalisation.of(1, 0, 1)))
        .hasMessage("normalisation of 1 channels for images of 3x8x8");
  }
}
