package topolip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import topolip.dataset.Dataset;
import topolip.dataset.Shapes;
import topolip.dataset.Split;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.engine.Unit;
import topolip.torch.Adversary;
import topolip.torch.Augmentation;
import topolip.torch.Network;
import topolip.torch.NetworkWeights;
import topolip.torch.Optimizer;
import topolip.torch.Recipe;
import topolip.torch.TrainingRun;

/// Trains the two networks of `topolip quickstart`, side by side and with one thread each: the same
/// weights, whatever the number of cores.
final class QuickstartTraining {
  /// Only the layers differ: the widths give about 76,000 parameters each.
  private static final SortedMap<String, String> NETWORKS =
      new TreeMap<>(
          Map.of(
              "attention", "attn-3?width=64&patch=8&stem=convolution",
              "convolution", "conv-3?width=48&patch=8&stem=convolution"));

  private static final String WEIGHTS = ".safetensors";

  private final Recipe recipe;

  /// @throws IllegalArgumentException if there is no epoch
  QuickstartTraining(int epochs, long seed) {
    recipe =
        new Recipe(
            epochs,
            64,
            0.004,
            Math.min(1, epochs - 1),
            0,
            new Optimizer.AdamW(0.9, 0.999, 0.05),
            new Augmentation(true, 3, 0),
            new Adversary.None(),
            seed,
            1);
  }

  /// The files of the trained networks, as safetensors; ONNX and the log are beside them.
  ///
  /// @param folder an existing one, for `attention.safetensors` and so on
  List<Path> run(Path folder, int threads, Progress progress) throws IOException {
    long epochs = (long) NETWORKS.size() * recipe.epochs();
    try (LocalEngine engine = new LocalEngine(Math.min(threads, NETWORKS.size()));
        Progress.Stage stage = progress.begin("training", epochs)) {
      List<Training> trainings = new ArrayList<>();
      NETWORKS.forEach((name, architecture) -> trainings.add(new Training(name, architecture)));
      engine.run(
          new Shared(this, folder, stage),
          trainings,
          Progress.NONE.begin("networks", trainings.size()));
    }
    return NETWORKS.keySet().stream().map(name -> folder.resolve(name + WEIGHTS)).toList();
  }

  /// What both trainings need.
  private record Shared(QuickstartTraining of, Path folder, Progress.Stage stage) {}

  /// The training of one network.
  private record Training(String name, String architecture) implements Unit<Shared, Boolean> {
    @Override
    public Boolean run(Shared shared) throws IOException {
      shared.of.train(name, architecture, shared.folder, shared.stage);
      return true;
    }
  }

  private void train(String name, String architecture, Path folder, Progress.Stage stage)
      throws IOException {
    Dataset train = Shapes.of(Split.TRAIN, recipe.seed());
    ModelFile file = new ModelFile.Converter().convert(architecture);
    Network network =
        BuiltInModel.network(
            file.name(),
            file,
            new NormalisationOptions(),
            train.shape(),
            train.classNames().size());
    Path own = Files.createDirectory(folder.resolve(name));
    new TrainingRun(
            NetworkWeights.random(network, recipe.seed()),
            recipe,
            train,
            Shapes.of(Split.TEST, recipe.seed()),
            own)
        .run(false, Progress.NONE, _ -> stage.step(1));
    Files.move(own.resolve("log.csv"), folder.resolve(name + ".csv"));
    Files.move(own.resolve("model.onnx"), folder.resolve(name + ".onnx"));
    Files.delete(own.resolve("checkpoint.safetensors"));
    Files.move(own.resolve("model.safetensors"), folder.resolve(name + WEIGHTS));
    Files.delete(own);
  }

  /// Adds what was trained, and how.
  void describe(Map<String, Object> options) {
    options.put("networks", NETWORKS);
    options.put("recipe", recipe.toString());
  }
}
