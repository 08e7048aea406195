package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.Split;
import topolip.torch.Architectures;
import topolip.torch.Network;
import topolip.torch.NetworkWeights;
import topolip.torch.Recipe;
import topolip.torch.TrainingRun;

/// `topolip train`.
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains a built-in architecture. The folder gets model.safetensors and model.onnx, log.csv,"
          + " and a checkpoint after each epoch.",
      "",
      "Architectures: "
          + Architectures.NAMES
          + ". Settings follow a question mark, such as"
          + " \"vit-tiny?depth=6&pooling=mean\" or \"attn-6?residual=false&mlp=true\".",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip train resnet20 --data cifar10:cifar-10-binary.tar.gz --flip --shift 4 \\",
      "      --mean 0.4914,0.4822,0.4465 --std 0.2471,0.2435,0.2616 --out resnet20",
      "  topolip train \"vit-tiny?width=96&depth=6\" --data idx:fashion-mnist --epochs 20 \\",
      "      --adversary pgd:8/255:7 --out vit",
      "  After an interruption, the same command with --resume ends in the same weights."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(
      paramLabel = "ARCH",
      converter = ModelFile.Converter.class,
      description = "A built-in architecture.")
  ModelFile model;

  @Option(
      names = "--data",
      paramLabel = "D",
      required = true,
      converter = DataSourceConverter.class,
      description = "Labelled images, as for 'topolip measure'; trained on train, tested on test.")
  DataSource source;

  @Mixin FitOptions fit;
  @Mixin RecipeOptions recipe;
  @Mixin NormalisationOptions normalisation;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the files go.")
  Path out;

  @Option(
      names = "--resume",
      description = "Go on from the checkpoint in DIR; needs the same options and threads.")
  boolean resume;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Threads; with another number the last digits of the weights differ (default: all cores)."
      })
  void threads(int count) {
    if (count < 1) {
      throw new ParameterException(command.commandLine(), "--threads must be at least 1: " + count);
    }
    threads = count;
  }

  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    DataSource data = fit.fitted(source);
    Recipe resolved = recipe.recipe(common.seed, threads);
    Dataset train = data.open(Split.TRAIN, common.seed);
    Dataset test = data.open(Split.TEST, common.seed);
    Network network =
        BuiltInModel.network(
            model.name(), model, normalisation, train.shape(), train.classNames().size());
    NetworkWeights start =
        NetworkWeights.random(network, BuiltInModel.whole(model, "seed", common.seed));
    TrainingRun run =
        new TrainingRun(start, resolved, train, test, FilledFolder.open(out, resume).path());
    PrintWriter console = command.commandLine().getOut();
    run.run(
        resume,
        common.progress(),
        epoch -> {
          if (!common.quiet) {
            console.println(line(epoch, resolved.epochs()));
          }
        });
    console.println("model: " + Run.shown(out.toAbsolutePath().resolve("model.safetensors")));
    return 0;
  }

  private static String line(TrainingRun.Epoch epoch, int epochs) {
    return "epoch %d of %d: loss %.4f, accuracy %.1f %%, test %.1f %%, %,.0f images/s, %s left"
        .formatted(
            epoch.epoch(),
            epochs,
            epoch.loss(),
            100 * epoch.accuracy(),
            100 * epoch.testAccuracy(),
            epoch.imagesPerSecond(),
            duration((epochs - epoch.epoch()) * epoch.seconds()));
  }

  private static String duration(double seconds) {
    return seconds < 90 ? "%.0f s".formatted(seconds) : "%.0f min".formatted(seconds / 60);
  }
}
