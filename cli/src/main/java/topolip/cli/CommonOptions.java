package topolip.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topolip.engine.Progress;

/// Options of every command that computes.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CommonOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; results do not depend on them (default: all cores).")
  void threads(int threads) {
    if (threads < 1) {
      throw new ParameterException(
          command.commandLine(), "--threads must be at least 1: " + threads);
    }
    this.threads = threads;
  }

  int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--quiet", description = "No progress bars and no summary.")
  boolean quiet;

  Progress progress() {
    return ProgressBars.unless(quiet);
  }
}
