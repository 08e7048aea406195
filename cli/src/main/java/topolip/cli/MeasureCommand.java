package topolip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.Dataset;
import topolip.dataset.Sampling;
import topolip.engine.Engine;
import topolip.engine.Progress;
import topolip.lipschitz.LayerGraph;
import topolip.model.Model;
import topolip.perturb.SamplePair;
import topolip.profile.ModelProfile;
import topolip.profile.NetworkProfiler;
import topolip.profile.NetworkProfiler.Profiled;
import topolip.profile.ProfileOptions;
import topolip.profile.Protocol;
import topolip.profile.Provenance;

/// `topolip measure`.
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "TopoLip profiles of one or more networks on the same images: how strongly each layer changes"
          + " the shape of the data.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  Two networks on 500 CIFAR-10 test images, layer against next layer:",
      "    topolip measure resnet20.onnx vit.onnx --data cifar10:cifar-10-binary.tar.gz --out run",
      "  Clean images against noisy ones, a model whose input is normalised outside:",
      "    topolip measure \"net.onnx?mean=0.49,0.48,0.45&std=0.25,0.24,0.26\" \\",
      "        --data images:photos --resize 256 --crop 224 --perturb gaussian:0.1 --out noisy"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MeasureCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(
      paramLabel = "MODEL",
      arity = "1..*",
      converter = ModelFile.Converter.class,
      description = ModelFile.DESCRIPTION)
  List<ModelFile> models;

  @Mixin DataOptions data;
  @Mixin SampleOptions sampling;

  @Option(
      names = "--protocol",
      paramLabel = "R",
      description =
          "adjacent: each layer against the next; paired: clean against perturbed samples in each"
              + " layer (default: paired with --perturb, adjacent without).")
  @Nullable Protocol protocol;

  @Mixin MeasureOptions measure;
  @Mixin UnderOptions under;
  @Mixin NormalisationOptions normalisation;

  @Option(
      names = "--accuracy-samples",
      paramLabel = "N",
      description =
          "Images that the accuracy is measured on, class-balanced by the seed; 0 for none (default:"
              + " the whole split).")
  void accuracySamples(int count) {
    if (count < 0) {
      throw new ParameterException(
          command.commandLine(), "--accuracy-samples must not be negative: " + count);
    }
    accuracySamples = count;
  }

  private @Nullable Integer accuracySamples;

  @Option(
      names = "--no-bounds",
      description =
          "Paired: do not bound from the weights how far diagrams may move. It takes memory and time"
              + " of the order of the weights, which must fit on the heap as doubles.")
  boolean unbounded;

  @Mixin RunOptions output;
  @Mixin ReportOptions report;
  @Mixin ThreadOptions threads;
  @Mixin ClusterOptions cluster;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    try (OutputFolder folder = OutputFolder.create(output.out, output.force, data.inputs(models))) {
      Run run = new Run(command);
      measure(run, folder);
      run.finish(folder, common, !report.omitted);
    }
    return 0;
  }

  /// Measures every network; all are opened first, so that what is wrong with the last one shows
  /// before the first is measured.
  void measure(Run run, OutputFolder folder) throws IOException {
    ProfileOptions options = profileOptions();
    Dataset images = data.open(common.seed);
    int[] judged = judged(images);
    try (Engine engine = cluster.open(Cluster.Work.PROFILES, threads.count());
        OpenedModels opened = new OpenedModels()) {
      for (ModelFile file : models) {
        opened.add(open(file, images), sampling);
      }
      List<@Nullable LayerGraph> graphs = graphs(options, images);
      var profiler =
          new NetworkProfiler(options, sampling.memory, folder.path(), engine, common.progress());
      for (int m = 0; m < models.size(); m++) {
        OpenedModels.Entry entry = opened.entries().get(m);
        String name = run.uniqueName(entry.model().name());
        SamplePair samples =
            sampling.of(images, entry.model(), common.seed, threads.count(), common.progress());
        Profiled measured =
            profiler.profile(
                name, entry.model(), entry.taps(), samples, images, judged, graphs.get(m));
        ModelProfile profile = measured.profile();
        if (profile.notes().isEmpty()) {
          profile = profile.withUnder(accuracies(entry.model(), images));
        }
        run.add(new Profiled(profile, measured.measurement()), entry.model().sha256());
      }
    }
    describe(run, options, images, judged.length);
  }

  /// The layers of each model, where they are asked for.
  private List<@Nullable LayerGraph> graphs(ProfileOptions options, Dataset images)
      throws IOException {
    List<@Nullable LayerGraph> graphs = new ArrayList<>();
    if (options.protocol() == Protocol.ADJACENT || unbounded) {
      graphs.addAll(Collections.nCopies(models.size(), null));
      return graphs;
    }
    try (Progress.Stage stage = common.progress().begin("constants of the layers", models.size())) {
      for (ModelFile file : models) {
        graphs.add(file.layerGraph(normalisation, images.shape()));
        stage.step(1);
      }
    }
    return graphs;
  }

  private Model open(ModelFile file, Dataset images) throws IOException {
    return under.needGradients()
        ? file.openWithGradients(normalisation, images.shape(), threads.count())
        : sampling.open(file, normalisation, images.shape(), threads.count());
  }

  private List<ModelProfile.Under> accuracies(Model model, Dataset images) throws IOException {
    return under.accuracies(
        images, sampling.samples(), model, common.seed, threads.count(), common.progress());
  }

  private ProfileOptions profileOptions() {
    Protocol resolved =
        protocol != null ? protocol : sampling.perturbs() ? Protocol.PAIRED : Protocol.ADJACENT;
    if ((resolved == Protocol.PAIRED) != sampling.perturbs()) {
      throw new ParameterException(
          command.commandLine(),
          resolved == Protocol.PAIRED
              ? "--protocol paired needs --perturb, such as --perturb gaussian:0.1"
              : "--perturb belongs to --protocol paired");
    }
    if (sampling.isSecondSample() && measure.comparesSamples()) {
      throw new ParameterException(
          command.commandLine(),
          "--measures cka and rtd compare what becomes of the same image, which split has not");
    }
    return measure.resolve(resolved, common.seed, command);
  }

  private int[] judged(Dataset images) {
    if (!images.labelled() || Integer.valueOf(0).equals(accuracySamples)) {
      return new int[0];
    }
    if (accuracySamples != null && accuracySamples > images.size()) {
      throw new IllegalArgumentException(
          "%s has %,d images, fewer than --accuracy-samples %,d"
              .formatted(images.name(), images.size(), accuracySamples));
    }
    return accuracySamples == null
        ? Sampling.all(images)
        : Sampling.balanced(images, accuracySamples, 1, common.seed).getFirst();
  }

  private void describe(Run run, ProfileOptions options, Dataset images, int judged)
      throws IOException {
    run.options().put("models", models.stream().map(ModelFile::toString).toList());
    run.options().put("data", data.source().toString());
    run.options().put("protocol", options.protocol().name().toLowerCase(Locale.ROOT));
    sampling.describe(run.options());
    measure.describe(run.options());
    under.describe(run.options());
    normalisation.describe(run.options());
    run.options().put("bounds", options.protocol() == Protocol.PAIRED && !unbounded);
    run.options().put("accuracySamples", judged);
    run.options().put("threads", threads.count());
    cluster.describe(run.options());
    Path perturbed = sampling.file();
    if (perturbed != null) {
      run.readFile(perturbed);
    }
    run.data(
        new Provenance.Data(
            data.source().toString(),
            data.split.name().toLowerCase(Locale.ROOT),
            images.sha256(),
            images.size(),
            sampling.samples()));
  }
}
