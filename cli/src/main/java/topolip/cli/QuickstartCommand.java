package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `topolip quickstart`.
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "The whole story on generated data: trains a stack of attention layers and a stack of"
          + " convolution layers, as many parameters and the same recipe, on the data set 'shapes';"
          + " measures their TopoLip profiles; adds noise and attacks (PGD); and writes one report that"
          + " compares them. About a minute and a half on two cores.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip quickstart",
      "  topolip quickstart --samples 200 --seed 7 --out try --force"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class QuickstartCommand implements Callable<Integer> {
  private static final List<String> UNDER =
      List.of("gaussian:0.1", "pgd:1/255:10", "pgd:2/255:10", "pgd:4/255:10");

  @Spec CommandSpec command;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many images are measured (default: ${DEFAULT-VALUE}).")
  int samples;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "6",
      description = "Passes over the 10,000 training images (default: ${DEFAULT-VALUE}).")
  int epochs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/quickstart",
      description = "Folder to write (default: ${DEFAULT-VALUE}).")
  Path out;

  @Option(names = "--force", description = "Replace the folder if it exists.")
  boolean force;

  @Mixin ThreadOptions threads;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    try (OutputFolder folder = OutputFolder.create(out, force, List.of())) {
      Run run = new Run(command);
      var training = new QuickstartTraining(epochs, common.seed);
      List<Path> networks =
          training.run(
              Files.createDirectory(folder.path().resolve("models")),
              threads.count(),
              common.progress());
      measureCommand(networks).measure(run, folder);
      training.describe(run.options());
      run.options().put("models", networks.stream().map(p -> "models/" + p.getFileName()).toList());
      run.finish(folder, common, true);
      suggest(folder.target());
    }
    return 0;
  }

  /// `topolip measure` as the user could type it.
  private MeasureCommand measureCommand(List<Path> networks) {
    List<String> arguments = new ArrayList<>(networks.stream().map(Path::toString).toList());
    arguments.addAll(List.of("--data", "shapes", "--out", out.toString()));
    arguments.addAll(List.of("--samples", Integer.toString(samples)));
    arguments.addAll(List.of("--seed", Long.toString(common.seed)));
    arguments.addAll(List.of("--threads", Integer.toString(threads.count())));
    arguments.addAll(List.of("--engine", ClusterOptions.LOCAL));
    UNDER.forEach(perturbation -> arguments.addAll(List.of("--under", perturbation)));
    if (common.quiet) {
      arguments.add("--quiet");
    }
    MeasureCommand measure = new MeasureCommand();
    new CommandLine(measure)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return measure;
  }

  private void suggest(Path folder) {
    if (common.quiet) {
      return;
    }
    Path models = Run.shown(folder.resolve("models"));
    PrintWriter out = command.commandLine().getOut();
    out.println();
    out.println("Next, the same networks on noisy images, several trainings of them, or your own:");
    out.printf(
        "  ./topolip measure %s/*.onnx --data shapes --seed %d --perturb gaussian:0.1 --out runs/noisy%n",
        models, common.seed);
    out.println("  ./topolip study --preset paper-small --out runs/study");
    out.println("  ./topolip measure yours.onnx --data images:FOLDER --out runs/yours");
  }
}
