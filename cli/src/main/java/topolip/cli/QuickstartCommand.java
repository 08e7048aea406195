package topolip.cli;

import java.io.IOException;
import java.io.InputStream;
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
import topolip.onnx.OnnxModel;

/// `topolip quickstart`.
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "The main job on data and networks that come with the program: the TopoLip profiles of a"
          + " small attention network and a small convolution network, trained alike on the"
          + " generated data set 'shapes', and a report that compares them.",
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
  private static final List<String> NETWORKS =
      List.of("shapes-attention.onnx", "shapes-convolution.onnx");

  @Spec CommandSpec command;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many images (default: ${DEFAULT-VALUE}).")
  int samples;

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
      measureCommand(unpack(folder)).measure(run, folder);
      run.options().put("models", NETWORKS);
      run.finish(folder, common);
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
    if (common.quiet) {
      arguments.add("--quiet");
    }
    MeasureCommand measure = new MeasureCommand();
    new CommandLine(measure)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return measure;
  }

  private static List<Path> unpack(OutputFolder folder) throws IOException {
    Path models = Files.createDirectory(folder.path().resolve("models"));
    List<Path> files = new ArrayList<>();
    for (String network : NETWORKS) {
      Path file = models.resolve(network);
      try (InputStream in = OnnxModel.class.getResourceAsStream(network)) {
        if (in == null) {
          throw new IOException("the program lacks its network " + network + "; build it again");
        }
        Files.copy(in, file);
      }
      files.add(file);
    }
    return files;
  }

  private void suggest(Path folder) {
    if (common.quiet) {
      return;
    }
    Path models = Run.shown(folder.resolve("models"));
    PrintWriter out = command.commandLine().getOut();
    out.println();
    out.println("Next, the same networks on noisy images, or your own:");
    out.printf(
        "  ./topolip measure %s/*.onnx --data shapes --perturb gaussian:0.1 --out runs/noisy%n",
        models);
    out.println("  ./topolip measure yours.onnx --data images:FOLDER --out runs/yours");
  }
}
