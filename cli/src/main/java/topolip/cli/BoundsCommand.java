package topolip.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topolip.lipschitz.Bound;

/// `topolip bounds`.
@Command(
    name = "bounds",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lipschitz constants: what is proved of a network, layer by layer, against what is found; or"
          + " the bounds of the theorems, from their parameters.",
      "",
      "A network's bounds are composed from its weights along its graph, for all images in [0,1]."
          + " 'on sample' holds where activations are no larger, and in layer normalisations no"
          + " flatter, than those of the sample: it bounds the Jacobian there, not more. What is"
          + " found are Jacobians' norms, quotients of distances, and at two layers quotients by"
          + " gradient ascent. A layer without a finite constant is named.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip bounds resnet20.onnx vit.onnx --data cifar10:cifar-10-binary.tar.gz --out bounds",
      "  topolip bounds conv-6 --data shapes --samples 16 --clever 4 --out bounds"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BoundsCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Option(
      names = "--theorem",
      paramLabel = "N",
      description = "1, of attention, or 2, of convolution.")
  @Nullable Integer theorem;

  @Mixin NetworkBounds network;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    if (!network.models.isEmpty()) {
      network.run(common);
      return 0;
    }
    command.commandLine().getOut().println(Bound.VACUOUS);
    return 0;
  }
}
