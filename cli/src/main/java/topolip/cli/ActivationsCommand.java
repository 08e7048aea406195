package topolip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.Dataset;
import topolip.dataset.NpyWriter;
import topolip.model.Activations;
import topolip.model.Model;
import topolip.model.Tap;
import topolip.perturb.SamplePair;

/// `topolip activations`.
@Command(
    name = "activations",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes what a network makes of images, one NN_name.npy a tap: float32, (samples, features).",
      "With --perturb, of the perturbed images. 'measure' with the same options uses the same"
          + " samples.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip activations resnet20.onnx --data shapes --samples 300 --out clean",
      "  topolip activations resnet20.onnx --data shapes --samples 300 \\",
      "      --perturb gaussian:0.1 --out noisy && topolip profile clean noisy --out run"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ActivationsCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(
      paramLabel = "MODEL",
      converter = ModelFile.Converter.class,
      description = ModelFile.DESCRIPTION)
  ModelFile file;

  @Mixin DataOptions data;
  @Mixin SampleOptions sampling;
  @Mixin NormalisationOptions normalisation;
  @Mixin RunOptions output;
  @Mixin ThreadOptions threads;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    try (OutputFolder folder =
        OutputFolder.create(output.out, output.force, data.inputs(List.of(file)))) {
      Dataset images = data.open(common.seed);
      try (Model model = sampling.open(file, normalisation, images.shape(), threads.count())) {
        SamplePair samples =
            sampling.of(images, model, common.seed, threads.count(), common.progress());
        List<Tap> taps = sampling.taps(model);
        write(model, taps, samples, folder.path());
        folder.commit();
        command
            .commandLine()
            .getOut()
            .printf(
                "%d layers, %d samples: %s%n",
                taps.size(), samples.count(), Run.shown(folder.target()));
      }
    }
    return 0;
  }

  private void write(Model model, List<Tap> taps, SamplePair samples, Path folder)
      throws IOException {
    List<NpyWriter> writers = new ArrayList<>();
    try {
      for (int t = 0; t < taps.size(); t++) {
        Path target = folder.resolve(fileName(t, taps.size(), taps.get(t)));
        writers.add(NpyWriter.floats(target, (long) samples.count(), taps.get(t).features()));
      }
      Activations.stream(
          model,
          taps,
          samples.count(),
          sampling.perturbs() ? samples::perturbed : samples::clean,
          sampling.memory,
          (tap, values) -> writers.get(tap).write(values),
          common.progress());
      for (NpyWriter writer : writers) {
        writer.finish();
      }
    } finally {
      for (NpyWriter writer : writers) {
        writer.close();
      }
    }
  }

  /// `NN_name.npy`: name order is layer order, whatever the tensor's name holds.
  private static String fileName(int position, int count, Tap tap) {
    int digits = Math.max(2, Integer.toString(count - 1).length());
    String name = tap.name().replaceAll("[^A-Za-z0-9.-]+", "_").replaceAll("^[_.]+|_+$", "");
    String shortened = name.substring(Math.max(0, name.length() - 80));
    return ("%0" + digits + "d_%s.npy").formatted(position, shortened);
  }
}
