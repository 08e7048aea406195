package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import topolip.dataset.DataSource;
import topolip.lipschitz.Theorem;

/// `topolip bounds`.
@Command(
    name = "bounds",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lipschitz constants: what is proved of networks, layer by layer, against what is found; or,"
          + " with --theorem, the bounds of attention and of convolution with Gaussian weights, from"
          + " the parameters of the theorems alone: the constant, its hypotheses one by one, how"
          + " probable it is, and how it moves with each parameter.",
      "",
      "A network's bounds are composed from its weights along its graph, for all images in [0,1]."
          + " 'On sample' holds where activations are no larger, and in layer normalisations no"
          + " flatter, than those of the sample: it bounds the Jacobian there, not more. What is"
          + " found are norms of Jacobians, quotients of distances, and at two layers quotients by"
          + " gradient ascent. A layer without a finite constant is named.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip bounds resnet20.onnx vit.onnx --data cifar10:cifar-10-binary.tar.gz --out bounds",
      "  topolip bounds conv-6 --data shapes --samples 16 --clever 4 --out bounds",
      "  topolip bounds --theorem 1 --d 64 --heads 4 --sigma 1 --t 12 --s 2",
      "  topolip bounds --theorem 2 --channels-out 64 --channels-in 32 --sigma 0.05 --s 0.1 \\",
      "      --out theorem2"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BoundsCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Spec CommandSpec command;

  @Mixin TheoremOptions options;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder to write to; it appears whole or not at all: result.json and figures/, with"
              + " sweep.csv of theorems (default: none), bounds.csv of networks.")
  @Nullable Path out;

  @Option(names = "--force", description = "Replace the folder if it exists.")
  boolean force;

  @Mixin BoundsOptions networks;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    if (force && out == null) {
      throw new ParameterException(command.commandLine(), "--force goes with --out");
    }
    if (networks.asked() == (options.number != 0)) {
      throw new ParameterException(
          command.commandLine(), "give either networks (MODEL) or a theorem (--theorem)");
    }
    if (networks.asked()) {
      measure();
    } else {
      state();
    }
    return 0;
  }

  private void measure() throws IOException {
    DataSource data = networks.data();
    Path target = networks.required("--out", out);
    Run run = new Run(command);
    BoundsResult result;
    try (OutputFolder folder = OutputFolder.create(target, force, networks.inputs(data))) {
      result = new NetworkBounds(networks, common).of(data, run);
      BoundsFiles.write(folder.path(), result);
      folder.commit();
    }
    PrintWriter console = command.commandLine().getOut();
    if (json) {
      console.println(JSON.writeValueAsString(result));
    } else if (!common.quiet) {
      console.println(BoundsSummary.of(result));
      console.println();
    }
    if (!json) {
      console.println("result: " + Run.shown(target.toAbsolutePath().resolve("result.json")));
    }
  }

  private void state() throws IOException {
    Run run = new Run(command);
    Theorem theorem = options.theorem(command.commandLine());
    if (out != null) {
      theorem.parameters().forEach(p -> run.options().put(p.name(), p.value()));
      run.options().put("theorem", options.number);
      try (OutputFolder folder = OutputFolder.create(out, force, List.of())) {
        TheoremFiles.write(
            folder.path(), TheoremResult.of(options.number, theorem, run.provenance(0)));
        folder.commit();
      }
    }
    TheoremResult result = TheoremResult.of(options.number, theorem, null);
    PrintWriter console = command.commandLine().getOut();
    console.println(json ? JSON.writeValueAsString(result) : TheoremSummary.of(result));
    if (out != null && !json) {
      console.println();
      console.println("result: " + Run.shown(out.resolve("result.json")));
    }
  }
}
