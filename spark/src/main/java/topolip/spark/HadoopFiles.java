package topolip.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import topolip.cli.RemoteFiles;

/// Copies of files that Hadoop's file systems reach (HDFS, S3, …), kept in `~/.cache/topolip` under
/// their own names. A copy with the size and time of its original is not made again. The originals
/// are configured by `HADOOP_CONF_DIR` and by Spark's settings `spark.hadoop.…`.
public final class HadoopFiles implements RemoteFiles {
  private final Path cache;

  /// With the cache of the user.
  public HadoopFiles() {
    this(Path.of(System.getProperty("user.home"), ".cache", "topolip"));
  }

  HadoopFiles(Path cache) {
    this.cache = cache;
  }

  @Override
  public Path local(URI remote) throws IOException {
    try {
      var original = new org.apache.hadoop.fs.Path(remote);
      FileSystem files = original.getFileSystem(configuration());
      FileStatus status = files.getFileStatus(original);
      Path copy = copyOf(files.makeQualified(original).toUri());
      bring(files, status, copy);
      return copy;
    } catch (FileNotFoundException e) {
      throw new FileNotFoundException(remote + " does not exist");
    } catch (IOException | RuntimeException e) { // the latter if a file system's class is missing
      throw new IOException("%s cannot be read: %s".formatted(remote, e.getMessage()), e);
    }
  }

  private static Configuration configuration() {
    SparkEnv running = SparkEnv.get(); // of an executor, or of a driver that has begun
    SparkConf settings = running == null ? new SparkConf() : running.conf();
    Configuration configuration = SparkHadoopUtil.get().newConfiguration(settings);
    String folder = System.getenv("HADOOP_CONF_DIR");
    if (folder != null) {
      for (String file : List.of("core-site.xml", "hdfs-site.xml")) {
        configuration.addResource(new org.apache.hadoop.fs.Path(folder, file));
      }
    }
    return configuration;
  }

  private Path copyOf(URI remote) {
    String host = Objects.requireNonNullElse(remote.getAuthority(), "").replace(':', '_');
    return cache.resolve(remote.getScheme()).resolve(host + remote.getPath());
  }

  private void bring(FileSystem files, FileStatus original, Path copy) throws IOException {
    if (original.isDirectory()) {
      bringFolder(files, original, copy);
    } else if (!isCurrent(original, copy)) {
      Files.createDirectories(Objects.requireNonNull(copy.getParent()));
      Path partial = cache.resolve("partial-" + UUID.randomUUID());
      try {
        files.copyToLocalFile(
            false, original.getPath(), new org.apache.hadoop.fs.Path(partial.toUri()), true);
        Files.setLastModifiedTime(partial, FileTime.fromMillis(original.getModificationTime()));
        Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    }
  }

  /// Files that are no longer in the original are not in the copy.
  private void bringFolder(FileSystem files, FileStatus original, Path copy) throws IOException {
    Files.createDirectories(copy);
    List<String> names = new ArrayList<>();
    for (FileStatus inside : files.listStatus(original.getPath())) {
      String name = inside.getPath().getName();
      names.add(name);
      bring(files, inside, copy.resolve(name));
    }
    try (Stream<Path> copies = Files.list(copy)) {
      for (Path gone :
          copies.filter(path -> !names.contains(path.getFileName().toString())).toList()) {
        delete(gone);
      }
    }
  }

  private static void delete(Path gone) throws IOException {
    try (Stream<Path> all = Files.walk(gone)) {
      for (Path path : all.toList().reversed()) {
        Files.delete(path);
      }
    }
  }

  private static boolean isCurrent(FileStatus original, Path copy) throws IOException {
    return Files.isRegularFile(copy)
        && Files.size(copy) == original.getLen()
        && Files.getLastModifiedTime(copy).toMillis() == original.getModificationTime();
  }
}
