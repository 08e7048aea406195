package topolip.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
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
import topolip.lipschitz.AttentionTheorem;
import topolip.lipschitz.ConvolutionTheorem;
import topolip.lipschitz.Theorem;
import topolip.report.ConstantFigure;

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
          "Folder to write to; it appears whole or not at all. Theorems: result.json, sweep.csv and"
              + " figures/ (default: none); networks: result.json, bounds.csv and figures/.")
  @Nullable Path out;

  @Option(names = "--force", description = "Replace the folder if it exists.")
  boolean force;

  @Mixin NetworkBounds networks;
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
    BoundsResult result = networks.run(out, force, common);
    PrintWriter console = command.commandLine().getOut();
    if (json) {
      console.println(JSON.writeValueAsString(result));
    } else if (!common.quiet) {
      console.println(BoundsSummary.of(result));
      console.println();
    }
    if (out != null && !json) {
      console.println("result: " + Run.shown(out.toAbsolutePath().resolve("result.json")));
    }
  }

  private void state() throws IOException {
    Run run = new Run(command);
    Theorem theorem = options.theorem(command.commandLine());
    TheoremResult result = TheoremResult.of(options.number, statement(theorem), theorem, null);
    PrintWriter console = command.commandLine().getOut();
    if (out != null) {
      try (OutputFolder folder = OutputFolder.create(out, force, List.of())) {
        write(folder.path(), run, theorem);
        folder.commit();
      }
    }
    console.println(json ? JSON.writeValueAsString(result) : TheoremSummary.of(result));
    if (out != null && !json) {
      console.println();
      console.println("result: " + Run.shown(out.resolve("result.json")));
    }
  }

  private static String statement(Theorem theorem) {
    return switch (theorem) {
      case AttentionTheorem attention ->
          "mean-field attention of %d heads on tokens in the ball of radius %s"
              .formatted(attention.heads(), attention.radius());
      case ConvolutionTheorem convolution ->
          "convolution of stride 1, kernel %dx%d"
              .formatted(convolution.height(), convolution.width());
    };
  }

  private void write(Path folder, Run run, Theorem theorem) throws IOException {
    theorem.parameters().forEach(p -> run.options().put(p.name(), p.value()));
    run.options().put("theorem", options.number);
    TheoremResult result =
        TheoremResult.of(options.number, statement(theorem), theorem, run.provenance(0));
    ResultFile.write(folder, result);
    writeSweep(folder, result);
    ConstantFigure.write(
        folder,
        "Theorem %d: how the constant moves with each parameter".formatted(options.number),
        points(result));
  }

  private static void writeSweep(Path folder, TheoremResult result) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("sweep.csv"))) {
      csv.writeRecord(
          "parameter",
          "value",
          "hypotheses",
          "bound",
          "log10",
          "vacuous",
          "printed",
          "union",
          "independent");
      for (TheoremResult.Moved moved : result.sweep()) {
        for (TheoremResult.Constant constant : moved.constants()) {
          csv.writeRecord(
              moved.parameter(),
              Double.toString(moved.value()),
              Boolean.toString(moved.hypotheses()),
              constant.source(),
              constant.log10() == null ? "" : Double.toString(constant.log10()),
              Boolean.toString(constant.vacuous()),
              Double.toString(moved.probability().printed()),
              Double.toString(moved.probability().union()),
              Double.toString(moved.probability().independent()));
        }
      }
    }
  }

  /// What does not move or is 0 has no place on a logarithmic axis.
  private static List<ConstantFigure.Point> points(TheoremResult result) {
    return result.sweep().stream()
        .filter(moved -> moved.value() > 0)
        .flatMap(moved ->
            moved.constants().stream()
                .map(constant ->
                    new ConstantFigure.Point(
                        moved.parameter(),
                        moved.value(),
                        constant.source(),
                        constant.log10(),
                        moved.hypotheses())))
        .toList();
  }
}
