package topolip.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import topolip.dataset.ImageShape;
import topolip.model.Model;
import topolip.model.Tap;
import topolip.model.TapSelection;

/// `topolip layers`.
@Command(
    name = "layers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tap points of a network: where activations can be read. Those that --layers auto picks are"
          + " marked with a star.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip layers resnet20.onnx",
      "  topolip layers vit-tiny --input 3x224x224 --json"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LayersCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(
      paramLabel = "MODEL",
      converter = ModelFile.Converter.class,
      description = ModelFile.DESCRIPTION)
  ModelFile model;

  @Option(
      names = "--layers",
      paramLabel = "L",
      defaultValue = "all",
      description = "auto, all, or names with * and ?, or indices (default: ${DEFAULT-VALUE}).")
  String layers;

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      converter = ImageShapeConverter.class,
      description = "Shape of the images, for models that take any; such as 3x224x224.")
  @Nullable ImageShape input;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    try (Model opened = model.open(new NormalisationOptions(), input, 1)) {
      List<Tap> taps = TapSelection.select(opened.taps(), layers);
      command.commandLine().getOut().println(json ? json(opened, taps) : table(opened, taps));
    }
    return 0;
  }

  private static String json(Model model, List<Tap> taps) {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(
            new Description(
                model.name(), model.inputShape(), model.classes(), model.parameters(), taps));
  }

  private record Description(
      String model, ImageShape input, int classes, long parameters, List<Tap> taps) {}

  private static String table(Model model, List<Tap> taps) {
    Table table = new Table("", "index", "name", "kind", "shape", "parameters");
    for (Tap tap : taps) {
      table.add(
          tap.block() ? "*" : "",
          Integer.toString(tap.index()),
          tap.name(),
          tap.kind(),
          tap.shape().stream().map(String::valueOf).collect(Collectors.joining("x")),
          Long.toString(tap.parameters()));
    }
    return "%s: input %s, %d classes, %,d parameters%n%n%s"
        .formatted(model.name(), model.inputShape(), model.classes(), model.parameters(), table);
  }
}
