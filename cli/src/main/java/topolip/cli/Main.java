package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import topolip.engine.Engine;

/// The program `topolip`.
@Command(
    name = "topolip",
    description = {
      "Looks inside neural networks, layer by layer: how strongly does each layer change the shape"
          + " of the data, and does that predict robustness?"
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  topolip quickstart",
      "  topolip measure resnet20.onnx vit.onnx --data cifar10:cifar-10-binary.tar.gz --out run",
      "",
      "topolip help COMMAND explains a command."
    },
    subcommands = {
      QuickstartCommand.class,
      MeasureCommand.class,
      EvaluateCommand.class,
      AttackCommand.class,
      TrainCommand.class,
      StudyCommand.class,
      LayersCommand.class,
      ActivationsCommand.class,
      ProfileCommand.class,
      HomologyCommand.class,
      DistanceCommand.class,
      BoundsCommand.class,
      ReportCommand.class,
      DataCommand.class,
      HelpCommand.class
    })
public final class Main {
  private final Cluster cluster;

  private Main(Cluster cluster) {
    this.cluster = cluster;
  }

  /// Runs a command line and ends the program: 0 done, 1 failed, 2 wrong usage.
  public static void main(String... arguments) {
    run(Main::noCluster, arguments);
  }

  /// The same with what opens engines on clusters.
  public static void run(Cluster cluster, String... arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Locale.setDefault(Locale.ROOT); // the same numbers, written the same, everywhere
    try {
      System.exit(commandLine(cluster, out, err).execute(arguments));
    } catch (OutOfMemoryError e) {
      err.printf(
          "topolip: the heap of %d MB is full; take fewer samples or a larger heap with"
              + " TOPOLIP_JAVA_OPTS=-Xmx…%n",
          Runtime.getRuntime().maxMemory() >> 20);
      System.exit(1);
    }
  }

  private static Engine noCluster(
      String master, Cluster.Work work, Map<String, String> settings, int threads)
      throws IOException {
    throw new IOException(
        master + " needs the program with Spark: ./topolip or spark-submit (docs/spark.md)");
  }

  /// What opens engines on clusters.
  Cluster cluster() {
    return cluster;
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return commandLine(Main::noCluster, out, err);
  }

  private static CommandLine commandLine(Cluster cluster, PrintWriter out, PrintWriter err) {
    return new CommandLine(new Main(cluster))
        .setOut(out)
        .setErr(err)
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::wrongUsage)
        .setExecutionExceptionHandler(Failures::failed);
  }
}
