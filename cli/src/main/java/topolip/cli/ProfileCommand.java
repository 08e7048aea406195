package topolip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.engine.Engine;
import topolip.profile.LayerClouds;
import topolip.profile.Measurement;
import topolip.profile.ModelProfile;
import topolip.profile.NetworkProfiler.Profiled;
import topolip.profile.ProfileOptions;
import topolip.profile.Profiler;
import topolip.profile.Protocol;

/// `topolip profile`.
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "TopoLip of activations that any framework wrote: a folder with one .npy a layer, (samples,"
          + " ...), layers in name order. Two folders: paired, clean against perturbed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  for i, a in enumerate(activations):              # Python",
      "      numpy.save(f'acts/{i:02d}_layer.npy', a.astype('float32'))",
      "  topolip profile acts --out run",
      "  topolip profile acts noisy_acts --degrees 0 --out paired"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ProfileCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder of .npy files.")
  Path clean;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR'",
      description = "The same layers of perturbed samples.")
  @Nullable Path perturbed;

  @Option(
      names = "--name",
      paramLabel = "N",
      description = "What to call the network (default: the folder's name).")
  @Nullable String name;

  @Mixin MeasureOptions measure;
  @Mixin RunOptions output;
  @Mixin ReportOptions report;
  @Mixin ThreadOptions threads;
  @Mixin ClusterOptions cluster;
  @Mixin CommonOptions common;

  private List<Path> inputs() {
    return perturbed == null ? List.of(clean) : List.of(clean, perturbed);
  }

  @Override
  public Integer call() throws IOException {
    Protocol protocol = perturbed == null ? Protocol.ADJACENT : Protocol.PAIRED;
    ProfileOptions options = measure.resolve(protocol, common.seed, command);
    Run run = new Run(command);
    try (OutputFolder folder = OutputFolder.create(output.out, output.force, inputs());
        Engine engine = cluster.open(Cluster.Work.PROFILES, threads.count());
        ActivationFolder layers = ActivationFolder.open(clean);
        ActivationFolder others = perturbed == null ? null : ActivationFolder.open(perturbed)) {
      List<LayerClouds> clouds = layers.with(others);
      String title = name != null ? name : clean.toAbsolutePath().normalize().getFileName() + "";
      Measurement measured =
          new Profiler(options, engine, common.progress()).measure(title, clouds);
      ModelProfile profile = ModelProfile.ofActivations(title, measured);
      run.add(new Profiled(profile, measured));
      for (Path file : layers.files()) {
        run.readFile(file);
      }
      if (others != null) {
        for (Path file : others.files()) {
          run.readFile(file);
        }
      }
      describe(run, options);
      run.finish(folder, common, !report.omitted);
    }
    return 0;
  }

  private void describe(Run run, ProfileOptions options) {
    List<String> folders = new ArrayList<>(List.of(clean.toString()));
    if (perturbed != null) {
      folders.add(perturbed.toString());
    }
    run.options().put("activations", folders);
    run.options().put("protocol", options.protocol().name().toLowerCase(Locale.ROOT));
    measure.describe(run.options());
    run.options().put("threads", threads.count());
    cluster.describe(run.options());
  }
}
