package topolip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.ImageShape;
import topolip.dataset.NpyWriter;
import topolip.dataset.Split;
import topolip.engine.Progress;

/// `topolip data`.
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a data set as NumPy files.",
      "images.npy is float32, (N,C,H,W) in [0,1]; labels.npy is int64, (N).",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip data shapes --split train --out shapes-train",
      "  topolip data cifar10:cifar-10-binary.tar.gz --out cifar10-test"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DataCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(
      paramLabel = "D",
      converter = DataSourceConverter.class,
      description = "The data set, as in 'measure --data'.")
  DataSource source;

  @Mixin FitOptions fit;

  @Option(
      names = "--split",
      paramLabel = "S",
      defaultValue = "test",
      description = "train or test (default: ${DEFAULT-VALUE}).")
  Split split;

  @Mixin RunOptions output;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    try (OutputFolder folder = OutputFolder.create(output.out, output.force, source.paths())) {
      DataSource fitted = fit.fitted(source);
      Dataset images = fitted.open(split, common.seed);
      write(images, folder.path());
      folder.commit();
      command
          .commandLine()
          .getOut()
          .printf(
              "%s, %s: %,d images of %s: %s%n",
              fitted,
              split.name().toLowerCase(Locale.ROOT),
              images.size(),
              images.shape(),
              Run.shown(folder.target()));
    }
    return 0;
  }

  private void write(Dataset images, Path folder) throws IOException {
    ImageShape shape = images.shape();
    float[] image = new float[shape.values()];
    try (Progress.Stage stage = common.progress().begin(images.name(), images.size());
        NpyWriter pixels =
            NpyWriter.floats(
                folder.resolve("images.npy"),
                (long) images.size(),
                (long) shape.channels(),
                (long) shape.height(),
                (long) shape.width())) {
      for (int i = 0; i < images.size(); i++) {
        images.read(i, image, 0);
        pixels.write(image);
        stage.step(1);
      }
      pixels.finish();
    }
    if (images.labelled()) {
      try (NpyWriter labels = NpyWriter.longs(folder.resolve("labels.npy"), (long) images.size())) {
        for (int i = 0; i < images.size(); i++) {
          labels.writeLongs(images.label(i));
        }
        labels.finish();
      }
    }
  }
}
