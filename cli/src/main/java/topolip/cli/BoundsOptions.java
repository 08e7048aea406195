package topolip.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.DataSource;
import topolip.dataset.Split;
import topolip.model.Model;
import topolip.model.Tap;
import topolip.model.TapSelection;
import topolip.perturb.Perturbation;
import topolip.perturb.SecondSample;

/// Which networks `topolip bounds MODEL` bounds, and on what.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BoundsOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..*",
      converter = ModelFile.Converter.class,
      description = ModelFile.DESCRIPTION)
  List<ModelFile> models = List.of();

  @Option(
      names = "--data",
      paramLabel = "D",
      converter = DataSourceConverter.class,
      description = "Images in which constants are sought; see 'topolip measure --help'.")
  @Nullable DataSource source;

  @Option(
      names = "--split",
      paramLabel = "S",
      defaultValue = "test",
      description = "train or test (default: ${DEFAULT-VALUE}).")
  Split split;

  @Mixin FitOptions fit;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "32",
      description = "How many images, class-balanced by the seed (default: ${DEFAULT-VALUE}).")
  int samples;

  @Option(
      names = "--layers",
      paramLabel = "L",
      defaultValue = "auto",
      description =
          "As in 'topolip measure'; the input and the logits always (default:"
              + " ${DEFAULT-VALUE}).")
  String layers;

  @Option(
      names = "--perturb",
      paramLabel = "P",
      defaultValue = "gaussian:0.05",
      converter = PerturbationConverter.class,
      description = "What the images are compared with (default: ${DEFAULT-VALUE}).")
  Perturbation perturbation;

  @Option(
      names = "--clever",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Also CLEVER scores in l2 of N images: 20 batches of 64 samples within 0.5"
              + " (default: ${DEFAULT-VALUE}).")
  int clever;

  @Mixin NormalisationOptions normalisation;

  @Mixin ThreadOptions threads;

  /// Whether there are networks.
  boolean asked() {
    return !models.isEmpty();
  }

  /// What is wrong with them is said before anything is opened.
  DataSource data() {
    DataSource data = fit.fitted(required("--data", source));
    if (samples < 1 || clever < 0 || clever > samples) {
      throw new ParameterException(
          command.commandLine(),
          "--samples must be at least 1, --clever between 0 and that: %d, %d"
              .formatted(samples, clever));
    }
    if (perturbation instanceof SecondSample) {
      throw new ParameterException(
          command.commandLine(), "split is no perturbation of the same images");
    }
    return data;
  }

  <T> T required(String option, @Nullable T value) {
    if (value == null) {
      throw new ParameterException(command.commandLine(), "bounds of a network need " + option);
    }
    return value;
  }

  /// What a run reads, and must not write over.
  List<Path> inputs(DataSource data) {
    return Stream.concat(data.paths().stream(), models.stream().map(model -> Path.of(model.name())))
        .toList();
  }

  /// The taps asked for, besides the input and the logits.
  List<Tap> taps(Model model) {
    List<Tap> all = model.taps();
    List<Tap> asked = TapSelection.select(all, layers);
    return all.stream()
        .filter(tap ->
            tap.index() == 0
                || tap.index() == all.size() - 1
                || asked.stream().anyMatch(other -> other.index() == tap.index()))
        .toList();
  }

  /// Adds every option as resolved.
  void describe(Map<String, Object> options, DataSource data) {
    options.put("models", models.stream().map(ModelFile::toString).toList());
    options.put("data", data.toString());
    options.put("samples", samples);
    options.put("layers", layers);
    options.put("perturb", perturbation.toString());
    options.put("clever", clever);
    normalisation.describe(options);
    options.put("threads", threads.count());
  }
}
