package topolip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.Split;

/// Where the images come from.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "D",
      required = true,
      converter = DataSourceConverter.class,
      description = {
        "Images: cifar10:PATH, cifar100:PATH (binary; a folder or .tar.gz),",
        "idx:PATH (MNIST, Fashion-MNIST), images:DIR (one sub-folder a class),",
        "npy:X.npy or npy:X.npy:Y.npy ((N,C,H,W), float in [0,1] or uint8),",
        "shapes (generated from the seed). PATH may be hdfs://... (docs/spark.md)."
      })
  DataSource source;

  @Option(
      names = "--split",
      paramLabel = "S",
      defaultValue = "test",
      description = "train or test (default: ${DEFAULT-VALUE}).")
  Split split;

  @Mixin FitOptions fit;

  Dataset open(long seed) throws IOException {
    return source().open(split, seed);
  }

  /// All that is read: the data, and models that are files.
  List<Path> inputs(List<ModelFile> models) {
    return Stream.concat(
            source().paths().stream(), models.stream().map(model -> Path.of(model.name())))
        .toList();
  }

  DataSource source() {
    return fit.fitted(source);
  }
}
