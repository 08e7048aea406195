package topolip.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topolip.lipschitz.Bound;

/// `topolip bounds`.
@Command(
    name = "bounds",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {"Lipschitz bounds of the theorems, from their parameters.", ""})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BoundsCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Option(
      names = "--theorem",
      paramLabel = "N",
      required = true,
      description = "1, of attention, or 2, of convolution.")
  int theorem;

  @Override
  public Integer call() {
    command.commandLine().getOut().println(Bound.VACUOUS);
    return 0;
  }
}
