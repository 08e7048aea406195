package topolip.cli;

import java.io.IOException;
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
    try (OutputFolder folder = OutputFolder.create(output.out, output.force)) {
      Report.write(runs, folder.path(), ProgressBars.unless(quiet));
      folder.commit();
      command
          .commandLine()
          .getOut()
          .println("report: " + Run.shown(folder.target().resolve("report.html")));
    }
    return 0;
  }
}
