package topolip.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.Dataset;
import topolip.dataset.ImageShape;
import topolip.dataset.Sampling;
import topolip.diagram.GroundNorm;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Growth;
import topolip.lipschitz.Layer;
import topolip.lipschitz.LayerGraph;
import topolip.model.AnalyticModel;
import topolip.model.Model;
import topolip.perturb.Perturbation;
import topolip.perturb.SamplePair;

class NetworkProfilerTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 2);

  @TempDir Path spill;

  /// The larger of the two pixels, by a hair, is the class: no clean image is classified wrongly,
  /// and noise makes it a coin.
  private record Narrow(int classCount, boolean classesByName) implements Dataset {
    @Override
    public String name() {
      return "narrow";
    }

    @Override
    public ImageShape shape() {
      return SHAPE;
    }

    @Override
    public int size() {
      return 400;
    }

    @Override
    public boolean labelled() {
      return true;
    }

    @Override
    public int label(int index) {
      return index % 2;
    }

    @Override
    public List<String> classNames() {
      return List.of("left", "right", "neither").subList(0, classCount);
    }

    @Override
    public void read(int index, float[] target, int offset) {
      float grey = .3f + index / 1000f;
      target[offset + index % 2] = grey + 1e-4f;
      target[offset + 1 - index % 2] = grey;
    }

    @Override
    public String sha256() {
      return "0".repeat(64);
    }
  }

  private ModelProfile profile(Dataset data, @Nullable String perturbation) throws IOException {
    return profile(data, perturbation, null);
  }

  private ModelProfile profile(
      Dataset data, @Nullable String perturbation, @Nullable LayerGraph graph) throws IOException {
    Protocol protocol = perturbation == null ? Protocol.ADJACENT : Protocol.PAIRED;
    ProfileOptions options =
        new ProfileOptions(protocol, List.of(0), 1, GroundNorm.L_INFINITY, 2, 0.8, 0);
    try (LocalEngine engine = new LocalEngine(1);
        Model model = new AnalyticModel(SHAPE, 2, 3)) {
      SamplePair samples =
          SamplePair.of(
              data, 200, perturbation == null ? null : Perturbation.parse(perturbation), 1);
      return new NetworkProfiler(options, 1 << 20, spill, engine, Progress.NONE)
          .profile("net", model, model.taps(), samples, data, Sampling.all(data), graph)
          .profile();
    }
  }

  @Test
  void perturbedAccuracyIsOfThePerturbedSamples() throws IOException {
    ModelProfile profile = profile(new Narrow(2, false), "gaussian:0.1");

    assertThat(Objects.requireNonNull(profile.accuracy()).correct()).isEqualTo(400);
    assertThat(Objects.requireNonNull(profile.sampleAccuracy()).correct()).isEqualTo(200);
    assertThat(Objects.requireNonNull(profile.perturbedAccuracy()).total()).isEqualTo(200);
    // Binomial(200, 1/2): mean 100, standard deviation 7.
    assertThat(Objects.requireNonNull(profile.perturbedAccuracy()).correct()).isBetween(65, 135);
  }

  /// The layers of the network, as they would be if it multiplied by these.
  private static LayerGraph graph(double first, double second) {
    return new LayerGraph(
        "input", 2, List.of(node("scale1", "input", first), node("scale2", "scale1", second)));
  }

  private static LayerGraph.Node node(String output, String input, double factor) {
    Layer layer = new Layer.Map(Bound.of(Bound.Kind.EXACT, factor, "factor"), Growth.MOVED);
    return new LayerGraph.Node(output, "Mul", layer, List.of(input), 2);
  }

  @Test
  void scalingMovesDiagramsAsFarAsItsConstantSays() throws IOException {
    ModelProfile profile = profile(new Narrow(2, false), "gaussian:0.1", graph(2, 3));

    for (int l = 0; l < 3; l++) {
      Stability stability = Objects.requireNonNull(profile.layers().get(l).stability());
      Stability.Proved proved = Objects.requireNonNull(stability.proved());
      assertThat(proved.constantLog10())
          .isCloseTo(Math.log10(List.of(1, 2, 6).get(l)), within(1e-12));
      assertThat(proved.tightnessLog10()).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void graphThatIsNotTheNetworksFailsLoudly() {
    assertThatThrownBy(() -> profile(new Narrow(2, false), "gaussian:0.1", graph(2, 2.9)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("net, layer 2 (scale2)")
        .hasMessageContaining("proved upper bound");
  }

  @Test
  void adjacentProfileHasTheAccuracyOfAllImagesOnly() throws IOException {
    ModelProfile profile = profile(new Narrow(2, true), null);

    assertThat(profile.accuracy()).isNotNull();
    assertThat(profile.sampleAccuracy()).isNull();
    assertThat(profile.perturbedAccuracy()).isNull();
    assertThat(profile.notes()).isEmpty();
  }

  @Test
  void foldersOfOtherClassesThanTheModelsGiveNoAccuracyAndSaySo() throws IOException {
    ModelProfile profile = profile(new Narrow(3, true), "gaussian:0.1");

    assertThat(profile.accuracy()).isNull();
    assertThat(profile.sampleAccuracy()).isNull();
    assertThat(profile.perturbedAccuracy()).isNull();
    assertThat(profile.notes())
        .containsExactly("No accuracy: the data have 3 classes, the model 2.");
  }
}
