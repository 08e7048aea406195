package topolip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topolip.dataset.Dataset;
import topolip.dataset.ImageShape;
import topolip.engine.Progress;
import topolip.model.Model;
import topolip.model.Tap;
import topolip.model.TapSelection;
import topolip.perturb.SamplePair;
import topolip.perturb.SecondSample;
import topolip.perturb.Stored;

/// Which images are measured, and where in the network.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SampleOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many images, class-balanced by the seed (default: ${DEFAULT-VALUE}).")
  void samples(int count) {
    if (count < 2) {
      throw new ParameterException(command.commandLine(), "--samples must be at least 2: " + count);
    }
    samples = count;
  }

  private int samples;

  int samples() {
    return samples;
  }

  @Option(
      names = "--layers",
      paramLabel = "L",
      defaultValue = "auto",
      description =
          "auto: the block outputs; all; or names with * and ?, or indices, separated by commas"
              + " (default: ${DEFAULT-VALUE}). 'topolip layers MODEL' lists them.")
  String layers;

  @Option(
      names = "--perturb",
      paramLabel = "P",
      converter = Disturbance.Converter.class,
      description = {
        "gaussian:SIGMA, uniform:EPS (such as 8/255), salt-pepper:SHARE,",
        "corruption:NAME:SEVERITY, pgd:8/255:20 or another attack on the network itself in linf"
            + " (see 'topolip attack --help'), npy:X.npy (perturbed images of the whole split), or"
            + " split (a second sample of the same data)."
      })
  @Nullable Disturbance perturb;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description =
          "Memory for activations, such as 8g; what exceeds it lies in temporary files (default:"
              + " half of the heap). The network's own memory is not in it.")
  long memory = Runtime.getRuntime().maxMemory() / 2;

  boolean isSecondSample() {
    return perturb != null && perturb.perturbation() instanceof SecondSample;
  }

  boolean perturbs() {
    return perturb != null;
  }

  /// Opens a model, with gradients if the perturbation needs them.
  Model open(ModelFile file, NormalisationOptions normalisation, ImageShape data, int threads)
      throws IOException {
    return perturb != null && perturb.needsGradients()
        ? file.openWithGradients(normalisation, data, threads)
        : file.open(normalisation, data, threads);
  }

  /// The samples; the clean ones are the same for every model.
  SamplePair of(Dataset data, Model model, long seed, int threads, Progress progress)
      throws IOException {
    return perturb == null
        ? SamplePair.of(data, samples, null, seed, threads)
        : perturb.of(data, samples, model, seed, threads, progress);
  }

  /// The file of perturbed images; null unless there is one.
  @Nullable Path file() {
    return perturb != null && perturb.perturbation() instanceof Stored(var npy) ? npy : null;
  }

  List<Tap> taps(Model model) {
    return TapSelection.select(model.taps(), layers);
  }

  /// Adds every option as resolved.
  void describe(Map<String, Object> options) {
    options.put("samples", samples);
    options.put("layers", layers);
    options.put("memory", memory);
    if (perturb != null) {
      options.put("perturb", perturb.toString());
    }
  }
}
