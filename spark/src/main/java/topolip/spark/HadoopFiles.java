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
/// their own names, and never removed. A copy with the size and time of its original is not made
/// again. The file systems are configured by `HADOOP_CONF_DIR` and by Spark's settings
/// `spark.hadoop.…`.
public final class HadoopFiles implements RemoteFiles {
  private final Path cache;

  /// With the cache of the user.
  public HadoopFiles() {
    this(Path.of(System.getProperty("user.home"), ".cache", "topolip"));
  }

  HadoopFiles(Path cache) {
    this.cache = cache.toAbsolutePath().normalize();
  }

  @Override
  public Path local(String remote) throws IOException {
    try {
      var original = new org.apache.hadoop.fs.Path(remote);
      FileSystem files = original.getFileSystem(configuration());
      FileStatus status = status(files, original);
      Path copy = copyOf(files.makeQualified(original).toUri());
      bring(files, status, copy);
      return copy;
    } catch (IOException | RuntimeException | LinkageError e) {
      // The last two where the client of a file system is missing, or what it needs.
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IOException(remote + " cannot be read: " + why, e);
    }
  }

  private static FileStatus status(FileSystem files, org.apache.hadoop.fs.Path original)
      throws IOException {
    try {
      return files.getFileStatus(original);
    } catch (FileNotFoundException e) {
      throw new IOException("it does not exist", e);
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

  /// In the cache, whatever the path.
  private Path copyOf(URI remote) throws IOException {
    String host = Objects.requireNonNullElse(remote.getAuthority(), "").replace(':', '_');
    Path folder = cache.resolve(remote.getScheme()).resolve("_" + host);
    Path copy = Path.of(folder + "/" + remote.getPath()).normalize();
    if (!copy.startsWith(folder) || copy.equals(folder)) {
      throw new IOException("it names no file or folder");
    }
    return copy;
  }

  private void bring(FileSystem files, FileStatus original, Path copy) throws IOException {
    if (Files.exists(copy) && Files.isDirectory(copy) != original.isDirectory()) {
      delete(copy);
    }
    if (original.isDirectory()) {
      bringFolder(files, original, copy);
    } else if (!isCurrent(original, copy)) {
      bringFile(files, original, copy);
    }
  }

  private void bringFile(FileSystem files, FileStatus original, Path copy) throws IOException {
    makeFolder(Objects.requireNonNull(copy.getParent()));
    Path partial = cache.resolve("partial-" + UUID.randomUUID());
    partial.toFile().deleteOnExit(); // if the program is stopped
    try {
      files.copyToLocalFile(
          false, original.getPath(), new org.apache.hadoop.fs.Path(partial.toUri()), true);
      Files.setLastModifiedTime(partial, FileTime.fromMillis(original.getModificationTime()));
      Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /// Files that are no longer in the original are not in the copy.
  private void bringFolder(FileSystem files, FileStatus original, Path copy) throws IOException {
    makeFolder(copy);
    List<String> names = new ArrayList<>();
    for (FileStatus inside : files.listStatus(original.getPath())) {
      String name = inside.getPath().getName();
      names.add(name);
      bring(files, inside, copy.resolve(name));
    }
    for (Path gone : inside(copy)) {
      if (!names.contains(gone.getFileName().toString())) {
        delete(gone);
      }
    }
  }

  /// In the place of files that have become folders since they were copied.
  private void makeFolder(Path folder) throws IOException {
    for (Path path = folder; path != null && path.startsWith(cache); path = path.getParent()) {
      if (Files.isRegularFile(path)) {
        Files.deleteIfExists(path);
      }
    }
    Files.createDirectories(folder);
  }

  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  private static void delete(Path gone) throws IOException {
    if (Files.isDirectory(gone)) {
      for (Path path : inside(gone)) {
        delete(path);
      }
    }
    Files.deleteIfExists(gone); // another program may do the same
  }

  private static boolean isCurrent(FileStatus original, Path copy) throws IOException {
    return Files.isRegularFile(copy)
        && Files.size(copy) == original.getLen()
        && Files.getLastModifiedTime(copy).toMillis() == original.getModificationTime();
  }
}
