package topolip.cli;

import java.io.IOException;
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
import topolip.engine.LocalEngine;
import topolip.model.Model;
import topolip.perturb.SamplePair;
import topolip.profile.NetworkProfiler;
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
      description = {
        "adjacent: each layer against the next; paired: clean against perturbed samples in each",
        "layer (default: paired with --perturb, adjacent without)."
      })
  @Nullable Protocol protocol;

  @Mixin MeasureOptions measure;
  @Mixin NormalisationOptions normalisation;

  @Option(
      names = "--accuracy-samples",
      paramLabel = "N",
      description = "Images that the accuracy is measured on (default: the whole split).")
  @Nullable Integer accuracySamples;

  @Mixin RunOptions output;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    ProfileOptions options = profileOptions();
    Run run = new Run(command);
    try (OutputFolder folder = OutputFolder.create(output.out, output.force, data.inputs(models));
        LocalEngine engine = new LocalEngine(common.threads)) {
      Dataset images = data.open(common.seed);
      SamplePair samples = sampling.of(images, common.seed);
      int[] judged = judged(images);
      var profiler =
          new NetworkProfiler(options, sampling.memory, folder.path(), engine, common.progress());
      for (ModelFile file : models) {
        try (Model model = file.open(normalisation, images.shape(), common.threads)) {
          String name = run.uniqueName(model.name());
          run.add(
              profiler.profile(name, model, sampling.taps(model), samples, images, judged),
              model.sha256());
        }
      }
      describe(run, options, images, judged.length);
      run.finish(folder, common);
    }
    return 0;
  }

  private ProfileOptions profileOptions() {
    Protocol resolved =
        protocol != null
            ? protocol
            : sampling.perturbation == null ? Protocol.ADJACENT : Protocol.PAIRED;
    if ((resolved == Protocol.PAIRED) != (sampling.perturbation != null)) {
      throw new ParameterException(
          command.commandLine(),
          resolved == Protocol.PAIRED
              ? "--protocol paired needs --perturb, such as --perturb gaussian:0.1"
              : "--perturb belongs to --protocol paired");
    }
    return measure.resolve(resolved, common.seed, command);
  }

  private int[] judged(Dataset images) {
    if (!images.labelled()) {
      return new int[0];
    }
    return accuracySamples == null || accuracySamples >= images.size()
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
    normalisation.describe(run.options());
    run.options().put("accuracySamples", judged);
    run.options().put("threads", common.threads);
    run.data(
        new Provenance.Data(
            data.source().toString(),
            data.split.name().toLowerCase(Locale.ROOT),
            images.sha256(),
            images.size(),
            sampling.samples));
  }
}
