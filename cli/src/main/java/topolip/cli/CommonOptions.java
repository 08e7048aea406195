package topolip.cli;

import picocli.CommandLine.Option;
import topolip.engine.Progress;

/// Options of every command that computes.
final class CommonOptions {
  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(names = "--quiet", description = "No progress bars and no summary.")
  boolean quiet;

  Progress progress() {
    return ProgressBars.unless(quiet);
  }
}
