package topolip.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topolip.dataset.Dataset;
import topolip.model.Model;
import topolip.model.Tap;
import topolip.model.TapSelection;
import topolip.perturb.Perturbation;
import topolip.perturb.SamplePair;

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
      description = {
        "auto: the block outputs; all; or names with * and ?, or indices, separated by commas",
        "(default: ${DEFAULT-VALUE}). 'topolip layers MODEL' lists them."
      })
  String layers;

  @Option(
      names = "--perturb",
      paramLabel = "P",
      converter = PerturbationConverter.class,
      description = {
        "gaussian:SIGMA, uniform:EPS (such as 8/255), npy:X.npy (perturbed images of the whole",
        "split), or split (a second sample of the same data)."
      })
  @Nullable Perturbation perturbation;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description = {
        "Memory for activations, such as 8g; what exceeds it lies in temporary files (default: half",
        "of the heap). The network's own memory is not in it."
      })
  long memory = Runtime.getRuntime().maxMemory() / 2;

  SamplePair of(Dataset data, long seed) throws IOException {
    return SamplePair.of(data, samples, perturbation, seed);
  }

  List<Tap> taps(Model model) {
    return TapSelection.select(model.taps(), layers);
  }

  /// Adds every option as resolved.
  void describe(Map<String, Object> options) {
    options.put("samples", samples);
    options.put("layers", layers);
    options.put("memory", memory);
    if (perturbation != null) {
      options.put("perturb", perturbation.toString());
    }
  }
}
