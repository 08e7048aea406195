package topolip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.dataset.Split;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Certificate;
import topolip.lipschitz.Clever;
import topolip.lipschitz.JacobianNorms;
import topolip.lipschitz.LayerConstants;
import topolip.lipschitz.LayerGraph;
import topolip.lipschitz.SteepestQuotient;
import topolip.model.DifferentiableModel;
import topolip.model.Tap;
import topolip.model.TapSelection;
import topolip.perturb.Perturbation;
import topolip.perturb.SamplePair;
import topolip.perturb.SecondSample;
import topolip.perturb.attack.Norm;
import topolip.profile.Provenance;

/// `topolip bounds MODEL`: what is proved of networks against what is found.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkBounds {
  private static final int CLEVER_BATCHES = 20;
  private static final int CLEVER_SAMPLES = 64;
  private static final double CLEVER_RADIUS = 0.5;

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

  /// Measures the models and writes the files.
  BoundsResult run(@Nullable Path out, boolean force, CommonOptions common) throws IOException {
    DataSource data = fit.fitted(required("--data", source));
    Path target = required("--out", out);
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
    Run run = new Run(command);
    List<Path> inputs =
        Stream.concat(data.paths().stream(), models.stream().map(model -> Path.of(model.name())))
            .toList();
    try (OutputFolder folder = OutputFolder.create(target, force, inputs)) {
      Dataset images = data.open(split, common.seed);
      List<BoundsResult.OfModel> found = new ArrayList<>();
      for (ModelFile model : models) {
        found.add(measure(model, images, run, common));
      }
      describe(run, data, images);
      BoundsResult result =
          new BoundsResult(BoundsResult.SCHEMA_VERSION, run.provenance(common.seed), found);
      ResultFile.write(folder.path(), result);
      BoundsFiles.writeTable(folder.path(), found);
      BoundsFiles.writeFigure(folder.path(), found);
      folder.commit();
      return result;
    }
  }

  private <T> T required(String option, @Nullable T value) {
    if (value == null) {
      throw new ParameterException(command.commandLine(), "bounds of a network need " + option);
    }
    return value;
  }

  private BoundsResult.OfModel measure(
      ModelFile file, Dataset images, Run run, CommonOptions common) throws IOException {
    Path folder = Files.createTempDirectory("topolip");
    try {
      ModelFile onnx = file.asOnnx(normalisation, images.shape(), folder);
      NormalisationOptions inside = onnx.equals(file) ? normalisation : new NormalisationOptions();
      LayerGraph graph = onnx.layerGraph(inside, images.shape());
      try (DifferentiableModel model =
          onnx.openWithGradients(inside, images.shape(), threads.count())) {
        String name = file.isOnnx() ? model.name() : file.toString();
        run.model(name, model.sha256());
        return measure(name, graph, model, images, common);
      }
    } finally {
      Files.deleteIfExists(folder.resolve("network.onnx"));
      Files.delete(folder);
    }
  }

  private BoundsResult.OfModel measure(
      String name,
      LayerGraph graph,
      DifferentiableModel model,
      Dataset images,
      CommonOptions common)
      throws IOException {
    SamplePair pair = SamplePair.of(images, samples, perturbation, common.seed);
    Images clean = pair.clean(0, samples);
    List<Tap> taps = taps(model);
    List<LayerConstants> constants =
        LayerConstants.along(
            graph,
            model,
            taps,
            new LayerConstants.Sample(
                clean,
                pair.perturbed(0, samples),
                IntStream.range(0, samples).boxed().toList(),
                common.seed),
            new LayerConstants.Search(
                JacobianNorms.Iteration.standard(),
                SteepestQuotient.standard(),
                List.of(taps.get(taps.size() / 2), taps.getLast())),
            common.progress());
    return new BoundsResult.OfModel(
        name,
        constants.stream().map(BoundsResult.Layer::of).toList(),
        images.labelled()
                && !(images.classesByName() && images.classNames().size() != model.classes())
            ? certificates(model, clean, pair.cleanLabels(), constants.getLast().bound())
            : List.of(),
        clever(model, clean, common));
  }

  /// Those asked for, besides the input and the logits.
  private List<Tap> taps(DifferentiableModel model) {
    List<Tap> all = model.taps();
    List<Tap> asked = TapSelection.select(all, layers);
    return all.stream()
        .filter(tap ->
            tap.index() == 0
                || tap.index() == all.size() - 1
                || asked.stream().anyMatch(other -> other.index() == tap.index()))
        .toList();
  }

  private static List<Certificate> certificates(
      DifferentiableModel model, Images clean, int[] labels, Bound bound) {
    return Certificate.of(model.forward(clean, List.of()).logits(), labels, bound);
  }

  private List<Clever.Score> clever(DifferentiableModel model, Images clean, CommonOptions common) {
    if (clever == 0) {
      return List.of();
    }
    int size = clean.shape().values();
    Images first = Images.wrap(clean.shape(), Arrays.copyOf(clean.values(), clever * size));
    return new Clever(CLEVER_BATCHES, CLEVER_SAMPLES, CLEVER_RADIUS, Norm.L_2)
        .untargeted(
            model, first, IntStream.range(0, clever).toArray(), common.seed, common.progress());
  }

  private void describe(Run run, DataSource data, Dataset images) throws IOException {
    Map<String, Object> options = run.options();
    options.put("models", models.stream().map(ModelFile::toString).toList());
    options.put("data", data.toString());
    options.put("samples", samples);
    options.put("layers", layers);
    options.put("perturb", perturbation.toString());
    options.put("clever", clever);
    normalisation.describe(options);
    options.put("threads", threads.count());
    run.data(
        new Provenance.Data(
            data.toString(),
            split.name().toLowerCase(Locale.ROOT),
            images.sha256(),
            images.size(),
            samples));
  }
}
