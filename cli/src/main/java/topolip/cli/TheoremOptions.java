package topolip.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import topolip.lipschitz.AttentionTheorem;
import topolip.lipschitz.ConvolutionTheorem;
import topolip.lipschitz.Theorem;

/// The parameters of the theorems on the command line.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TheoremOptions {
  @Option(
      names = "--theorem",
      paramLabel = "N",
      description = "1, of attention, or 2, of convolution.")
  int number; // 0 without a theorem

  @Option(names = "--d", paramLabel = "D", description = "1: dimension of tokens.")
  @Nullable Integer dimension;

  @Option(
      names = "--heads",
      paramLabel = "M",
      defaultValue = "1",
      description = "1: heads (default: ${DEFAULT-VALUE}).")
  int heads;

  @Option(
      names = "--t",
      paramLabel = "T",
      description = "1: radius of the ball of tokens in units of sigma; above sqrt d.")
  @Nullable Double t;

  @Option(
      names = "--a",
      paramLabel = "A",
      description =
          "1: ||A||, the largest spectral norm of K'Q/sqrt k over the heads (default:"
              + " 2/sigma^2, the least that the theorem allows).")
  @Nullable Double a;

  @Option(
      names = "--o",
      paramLabel = "O",
      defaultValue = "1",
      description =
          "1: largest spectral norm of a head's output projection (default: ${DEFAULT-VALUE}).")
  double output;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "1",
      description = "1: how many tokens must lie in the ball (default: ${DEFAULT-VALUE}).")
  int tokens;

  @Option(names = "--channels-out", paramLabel = "C", description = "2: output channels.")
  @Nullable Integer channelsOut;

  @Option(names = "--channels-in", paramLabel = "C", description = "2: input channels.")
  @Nullable Integer channelsIn;

  @Option(
      names = "--kernel",
      paramLabel = "HxW",
      defaultValue = "3x3",
      description =
          "2: size of the kernel, such as 3x3, or 3 for a square (default: ${DEFAULT-VALUE}).")
  String kernel;

  @Option(
      names = "--sigma",
      paramLabel = "S",
      description = "Standard deviation of weights, and in 1 of tokens.")
  @Nullable Double sigma;

  @Option(
      names = "--s",
      paramLabel = "S",
      description = "By how much a Gaussian matrix may exceed its expected norm.")
  @Nullable Double s;

  private static final List<String> OF_ATTENTION =
      List.of("--d", "--heads", "--t", "--a", "--o", "--tokens");
  private static final List<String> OF_CONVOLUTION =
      List.of("--channels-out", "--channels-in", "--kernel");

  /// The theorem with its parameters.
  ///
  /// @throws ParameterException if one is missing, is of the other theorem, or cannot be
  Theorem theorem(CommandLine line) {
    if (number != 1 && number != 2) {
      throw new ParameterException(line, "--theorem is 1 or 2: " + number);
    }
    for (String option : number == 1 ? OF_CONVOLUTION : OF_ATTENTION) {
      if (line.getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(line, "%s is not of theorem %d".formatted(option, number));
      }
    }
    try {
      return number == 1 ? attention() : convolution();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, e.getMessage(), e);
    }
  }

  private AttentionTheorem attention() {
    double spread = required("--sigma", sigma);
    return new AttentionTheorem(
        required("--d", dimension),
        heads,
        spread,
        required("--t", t),
        required("--s", s),
        a == null ? 2 / (spread * spread) : a,
        output,
        tokens);
  }

  private ConvolutionTheorem convolution() {
    String[] sides = kernel.split("x", 2);
    try {
      return new ConvolutionTheorem(
          required("--channels-out", channelsOut),
          required("--channels-in", channelsIn),
          Integer.parseInt(sides[0]),
          Integer.parseInt(sides[sides.length - 1]),
          required("--sigma", sigma),
          required("--s", s));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--kernel is no size such as 3x3: " + kernel, e);
    }
  }

  private <T> T required(String option, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("theorem %d needs %s".formatted(number, option));
    }
    return value;
  }
}
