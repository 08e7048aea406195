package topolip.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import topolip.dataset.Dataset;
import topolip.dataset.Sampling;
import topolip.dataset.Shapes;
import topolip.dataset.Split;
import topolip.engine.LocalEngine;
import topolip.model.TapSelection;
import topolip.onnx.OnnxModel;
import topolip.perturb.SamplePair;
import topolip.profile.NetworkProfiler;
import topolip.profile.ProfileOptions;
import topolip.profile.Provenance;

/// `topolip quickstart`.
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "The main job on data and networks that come with the program: the TopoLip profiles of a"
          + " small attention network and a small convolution network, trained alike on the"
          + " generated data set 'shapes', and a report that compares them.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip quickstart",
      "  topolip quickstart --samples 200 --seed 7 --out try --force"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class QuickstartCommand implements Callable<Integer> {
  private static final List<String> NETWORKS =
      List.of("shapes-attention.onnx", "shapes-convolution.onnx");

  @Spec CommandSpec command;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many images (default: ${DEFAULT-VALUE}).")
  int samples;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/quickstart",
      description = "Folder to write (default: ${DEFAULT-VALUE}).")
  Path out;

  @Option(names = "--force", description = "Replace the folder if it exists.")
  boolean force;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    Run run = new Run(command);
    ProfileOptions options = ProfileOptions.defaults().withSeed(common.seed);
    try (OutputFolder folder = OutputFolder.create(out, force, List.of());
        LocalEngine engine = new LocalEngine(common.threads)) {
      Dataset images = Shapes.of(Split.TEST, common.seed);
      SamplePair pair = SamplePair.of(images, samples, null, common.seed);
      long memory = Runtime.getRuntime().maxMemory() / 2;
      var profiler = new NetworkProfiler(options, memory, folder.path(), engine, common.progress());
      Path models = Files.createDirectory(folder.path().resolve("models"));
      for (String network : NETWORKS) {
        Path file = unpack(network, models);
        var opened = new OnnxModel.Options(null, null, images.shape(), common.threads);
        try (OnnxModel model = OnnxModel.open(file, opened)) {
          run.add(
              profiler.profile(
                  model.name(),
                  model,
                  TapSelection.select(model.taps(), "auto"),
                  pair,
                  images,
                  Sampling.all(images)),
              model.sha256());
        }
      }
      describe(run, options, images);
      run.finish(folder, common);
      suggest(folder.target());
    }
    return 0;
  }

  private static Path unpack(String network, Path folder) throws IOException {
    Path file = folder.resolve(network);
    try (InputStream in = OnnxModel.class.getResourceAsStream(network)) {
      if (in == null) {
        throw new IOException("the program lacks its network " + network + "; build it again");
      }
      Files.copy(in, file);
    }
    return file;
  }

  private void describe(Run run, ProfileOptions options, Dataset images) throws IOException {
    run.options().put("models", NETWORKS);
    run.options().put("data", "shapes");
    run.options().put("protocol", options.protocol().name().toLowerCase(Locale.ROOT));
    run.options().put("samples", samples);
    run.options().put("layers", "auto");
    run.options().put("degrees", options.degrees());
    run.options().put("order", options.order());
    run.options().put("ground", "linf");
    run.options().put("subsamples", options.subsamples());
    run.options().put("subsampleSize", options.subsampleSize());
    run.options().put("threads", common.threads);
    run.data(new Provenance.Data("shapes", "test", images.sha256(), images.size(), samples));
  }

  private void suggest(Path folder) {
    if (common.quiet) {
      return;
    }
    Path models = Run.shown(folder.resolve("models"));
    PrintWriter out = command.commandLine().getOut();
    out.println();
    out.println("Next, the same networks on noisy images, or your own:");
    out.printf(
        "  ./topolip measure %s/*.onnx --data shapes --perturb gaussian:0.1 --out runs/noisy%n",
        models);
    out.println("  ./topolip measure yours.onnx --data images:FOLDER --out runs/yours");
  }
}
