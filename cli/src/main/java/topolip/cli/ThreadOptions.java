package topolip.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How much of the machine is used.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ThreadOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

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

  private int threads = Runtime.getRuntime().availableProcessors();

  int count() {
    return threads;
  }
}
