package topolip.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/// The path that a word of the command line names: of this machine, or with a scheme, such as
/// `hdfs://namenode:8020/data/test.npy`.
final class InputPath {
  private static final Pattern REMOTE = Pattern.compile("[a-z][a-z0-9+.-]+://.+");

  private InputPath() {}

  /// What can be read on this machine: remote files are copied first, unless they were before.
  ///
  /// @throws TypeConversionException if a remote file cannot be had
  static Path of(String word) {
    if (!REMOTE.matcher(word).matches()) {
      return Path.of(word);
    }
    RemoteFiles files =
        ServiceLoader.load(RemoteFiles.class)
            .findFirst()
            .orElseThrow(() ->
                new TypeConversionException(
                    "'%s' needs the program with Spark: ./topolip with --engine local[*], or spark-submit (docs/spark.md)"
                        .formatted(word)));
    try {
      return files.local(new URI(word));
    } catch (IOException | URISyntaxException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
