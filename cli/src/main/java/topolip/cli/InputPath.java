package topolip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/// The path that a word of the command line names: of this machine, or of storage that Hadoop
/// reads, such as `hdfs://namenode:8020/data/test.npy`.
final class InputPath {
  // As in the launcher, which starts the program with Spark for such words.
  private static final Pattern REMOTE =
      Pattern.compile("(hdfs|webhdfs|viewfs|s3a|abfs|abfss|gs):/.*");

  private static final Map<String, Path> BROUGHT = new ConcurrentHashMap<>();

  private InputPath() {}

  /// What can be read on this machine: remote files are copied first, once as long as the program
  /// runs.
  ///
  /// @throws TypeConversionException if a remote file cannot be had
  static Path of(String word) {
    return isRemote(word) ? BROUGHT.computeIfAbsent(word, InputPath::bring) : Path.of(word);
  }

  static boolean isRemote(String word) {
    return REMOTE.matcher(word).matches();
  }

  /// @throws IOException if results would go to remote storage, where they cannot be written
  static void requireLocal(Path out) throws IOException {
    if (isRemote(out.toString())) {
      throw new IOException(
          out + " is no folder of this machine: results are written to mounted paths only");
    }
  }

  private static Path bring(String word) {
    RemoteFiles files =
        ServiceLoader.load(RemoteFiles.class)
            .findFirst()
            .orElseThrow(() ->
                new TypeConversionException(
                    "'%s' needs the program with Spark, which ./topolip starts if a word of the command line names such a file or a Spark master (docs/spark.md)"
                        .formatted(word)));
    try {
      return files.local(word);
    } catch (IOException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
