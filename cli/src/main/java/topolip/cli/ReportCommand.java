package topolip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.report.Report;

/// `topolip report`.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Builds the HTML report and the figures of one run again, or of several runs in one.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip report run --out again",
      "  topolip report resnet-run vit-run --out comparison"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Folders that measure or profile wrote.")
  List<Path> runs;

  @Mixin RunOptions output;

  @Option(names = "--quiet", description = "No progress bar.")
  boolean quiet;

  @Override
  public Integer call() throws IOException {
    if (runs.size() == 1 && isSame(runs.getFirst(), output.out)) {
      if (!output.force) {
        throw new IOException(
            output.out + " has a report; write it anew with --force, or choose another --out");
      }
      Report.write(output.out, ProgressBars.unless(quiet));
      tell(output.out);
      return 0;
    }
    try (OutputFolder folder = OutputFolder.create(output.out, output.force, runs)) {
      Report.write(runs, folder.path(), ProgressBars.unless(quiet));
      folder.commit();
      tell(folder.target());
    }
    return 0;
  }

  private static boolean isSame(Path run, Path out) throws IOException {
    return Files.exists(run) && Files.exists(out) && Files.isSameFile(run, out);
  }

  private void tell(Path folder) {
    command
        .commandLine()
        .getOut()
        .println("report: " + Run.shown(folder.toAbsolutePath().resolve("report.html")));
  }
}
