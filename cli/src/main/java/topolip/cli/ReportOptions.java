package topolip.cli;

import picocli.CommandLine.Option;

/// Whether a run draws its report.
final class ReportOptions {
  @Option(
      names = "--no-report",
      description =
          "Write numbers only, no report.html and figures; 'topolip report' draws them later.")
  boolean omitted;
}
