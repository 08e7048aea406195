package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import topolip.dataset.Dataset;
import topolip.dataset.ImageShape;
import topolip.engine.Progress;
import topolip.model.ModelException;

class TrainingRunTest {
  private static final ImageShape SHAPE = new ImageShape(1, 8, 8);
  private static final Augmentation VARIED = new Augmentation(true, 1, 0.05);
  private static final Optimizer ADAM = new Optimizer.AdamW(0.9, 0.999, 0.01);
  private static final Optimizer SGD = new Optimizer.Sgd(0.9, 1e-4);

  @TempDir Path folder;

  /// Bars that lie in one class and stand in the other.
  private record Bars(int size) implements Dataset {
    @Override
    public String name() {
      return "bars";
    }

    @Override
    public ImageShape shape() {
      return SHAPE;
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
      return List.of("lying", "standing");
    }

    @Override
    public void read(int index, float[] target, int offset) {
      int place = index / 2 % 8;
      for (int i = 0; i < 8; i++) {
        target[offset + (index % 2 == 0 ? 8 * place + i : 8 * i + place)] = 1;
      }
    }

    @Override
    public String sha256() {
      return "bars of " + size;
    }
  }

  private static NetworkWeights start(Architecture architecture) {
    return NetworkWeights.random(
        new Network(architecture, SHAPE, 2, Normalisation.of(1, 0.5, 0.5)), 1);
  }

  private static NetworkWeights resNet() {
    return start(
        new ResNet(
            ResNet.Block.BASIC, List.of(1, 1), 4, ResNet.Stem.SMALL, ResNet.Shortcut.PADDED));
  }

  private static NetworkWeights transformer() {
    return start(new VisionTransformer(2, 16, 1, 2, 2, VisionTransformer.Pooling.CLASS_TOKEN));
  }

  private static Recipe recipe(int epochs, double rate, Optimizer optimizer, Adversary adversary) {
    return new Recipe(epochs, 8, rate, 1, 0.1, optimizer, VARIED, adversary, 7, 1);
  }

  private static List<Recipe> recipes() {
    return List.of(
        recipe(4, 0.01, ADAM, new Adversary.None()),
        recipe(4, 0.05, SGD, new Adversary.Pgd(0.1, 2, 0.05)),
        recipe(4, 0.05, SGD, new Adversary.Trades(0.1, 2, 0.05, 3)));
  }

  private NetworkWeights run(
      String name, NetworkWeights start, Recipe recipe, boolean resume, int stopAfter)
      throws IOException {
    Path target = Files.createDirectories(folder.resolve(name));
    return new TrainingRun(start, recipe, new Bars(64), new Bars(16), target)
        .run(
            resume,
            Progress.NONE,
            epoch -> {
              if (epoch.epoch() == stopAfter) {
                throw new IllegalStateException("stopped");
              }
            });
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void resumingGivesTheWeightsOfAnUninterruptedRun(Recipe recipe) throws IOException {
    NetworkWeights whole = run("whole", resNet(), recipe, false, 0);
    assertThatThrownBy(() -> run("parts", resNet(), recipe, false, 2)).hasMessage("stopped");
    assertThat(folder.resolve("parts/model.safetensors")).doesNotExist();
    Files.writeString(folder.resolve("parts/.checkpoint.safetensors.partial"), "cut off");
    NetworkWeights resumed = run("parts", resNet(), recipe, true, 0);
    assertThat(resumed.arrays()).isEqualTo(whole.arrays());
    assertThat(resumed.arrays()).isNotEqualTo(resNet().arrays());
    assertThat(ModelFiles.read(folder.resolve("parts/model.safetensors"), null).arrays())
        .isEqualTo(whole.arrays());
    assertThat(Files.readAllLines(folder.resolve("parts/log.csv"))).hasSize(5);
    try (var files = Files.list(folder.resolve("parts"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "checkpoint.safetensors", "log.csv", "model.onnx", "model.safetensors");
    }
  }

  @Test
  void networksLearnToTellBars() throws IOException {
    for (NetworkWeights start : List.of(resNet(), transformer())) {
      List<TrainingRun.Epoch> epochs = new ArrayList<>();
      Recipe recipe = recipe(10, 0.01, ADAM, new Adversary.None());
      new TrainingRun(start, recipe, new Bars(64), new Bars(16), folder)
          .run(false, Progress.NONE, epochs::add);
      assertThat(epochs.getLast().testAccuracy()).isEqualTo(1);
      assertThat(epochs.getLast().loss()).isLessThan(epochs.getFirst().loss());
    }
  }

  @Test
  void theLearningRateRisesThenFallsToNothing() {
    Recipe recipe = new Recipe(5, 8, 0.4, 2, 0, ADAM, VARIED, new Adversary.None(), 1, 1);
    assertThat(recipe.learningRate(0, 10)).isEqualTo(0.02, within(1e-15));
    assertThat(recipe.learningRate(19, 10)).isEqualTo(0.4, within(1e-15));
    assertThat(recipe.learningRate(20, 10)).isEqualTo(0.4, within(1e-15));
    assertThat(recipe.learningRate(35, 10)).isEqualTo(0.2, within(1e-15));
    assertThat(recipe.learningRate(50, 10)).isEqualTo(0, within(1e-15));
  }

  @Test
  void aLossThatIsNotFiniteStopsTheTraining() {
    Recipe recipe = recipe(4, 1e30, SGD, new Adversary.None());
    assertThatThrownBy(() -> run("nan", transformer(), recipe, false, 0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageMatching(
            "the loss is (NaN|Infinity) in epoch \\d, step \\d; a smaller learning rate than 1.0E30"
                + " may help");
  }

  @Test
  void checkpointsOfOtherTrainingsAreRefused() throws IOException {
    Recipe recipe = recipe(2, 0.01, ADAM, new Adversary.None());
    run("run", resNet(), recipe, false, 0);
    for (Map.Entry<String, Recipe> other :
        Map.of(
                "rate", recipe(2, 0.02, ADAM, new Adversary.None()),
                "optimizer", recipe(2, 0.01, SGD, new Adversary.None()))
            .entrySet()) {
      assertThatThrownBy(() -> run("run", resNet(), other.getValue(), true, 0))
          .as(other.getKey())
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("cannot be resumed: its topolip.recipe is");
    }
    assertThatThrownBy(() -> run("run", transformer(), recipe, true, 0))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("its topolip.network is");
  }

  @Test
  void dataThatDoNotFitAreRefused() {
    Recipe recipe = recipe(2, 0.01, ADAM, new Adversary.None());
    NetworkWeights other = NetworkWeights.random(Networks.all().getFirst(), 1);
    assertThatThrownBy(() -> new TrainingRun(other, recipe, new Bars(64), new Bars(16), folder))
        .hasMessage("the network takes images of 3x8x8, but bars has 1x8x8");
    assertThatThrownBy(() ->
            new TrainingRun(resNet(), recipe, new Bars(7), new Bars(16), folder)
                .run(false, Progress.NONE, _ -> {}))
        .hasMessage("bars has 7 images, fewer than a batch of 8");
  }
}
