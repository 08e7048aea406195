package topolip.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.cli.RemoteFiles;

/// On Hadoop's view of folders of this machine as `viewfs://cluster1/data` and so on: it keeps what
/// it knows of a cluster.
class HadoopFilesTest {
  private static final AtomicInteger CLUSTERS = new AtomicInteger();
  private static final FileTime EARLIER = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;
  private Path original = Path.of("");
  private Path cache = Path.of("");
  private String cluster = "";

  @BeforeEach
  void prepare() throws IOException {
    original = Files.createDirectory(folder.resolve("original"));
    cache = folder.resolve("cache");
    cluster = "cluster" + CLUSTERS.incrementAndGet();
    System.setProperty(mount(), original.toUri().toString());
  }

  @AfterEach
  void unmount() {
    System.clearProperty(mount());
  }

  private String mount() {
    return "spark.hadoop.fs.viewfs.mounttable." + cluster + ".link./data";
  }

  private Path local(String path) throws IOException {
    return new HadoopFiles(cache).local("viewfs://" + cluster + "/data/" + path);
  }

  private Path write(String name, String text) throws IOException {
    Path file = original.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void copiesAreMadeOnceAndAgainWhenTheOriginalChanges() throws IOException {
    Path file = write("x.npy", "first");
    Path copy = local("x.npy");
    assertThat(copy)
        .isEqualTo(cache.resolve("viewfs/_" + cluster + "/data/x.npy"))
        .hasContent("first");

    Files.writeString(copy, "seen!"); // as long as the original
    Files.setLastModifiedTime(copy, Files.getLastModifiedTime(file));
    assertThat(local("x.npy")).hasContent("seen!");
    Files.setLastModifiedTime(file, EARLIER);
    assertThat(local("x.npy")).hasContent("first");
    write("x.npy", "longer than before");
    assertThat(local("x.npy")).hasContent("longer than before");
    assertThat(names(cache)).as("nothing half-written").hasSize(1);
  }

  @Test
  void foldersHaveWhatTheOriginalHas() throws IOException {
    write("images/cat/1.png", "a cat");
    write("images/dog/1.png", "a dog");
    Path gone = write("images/dog/2.png", "no dog");
    assertThat(names(local("images"))).containsExactly("cat/1.png", "dog/1.png", "dog/2.png");
    Files.delete(gone);
    assertThat(names(local("images"))).containsExactly("cat/1.png", "dog/1.png");
    assertThat(local("images/cat/1.png")).hasContent("a cat");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void fileInPlaceOfAFolderReplacesIt() throws IOException {
    Path inside = write("x/1.png", "a cat");
    assertThat(local("x")).isDirectory();
    Files.delete(inside);
    Files.delete(original.resolve("x"));
    write("x", "no folder any more");
    assertThat(local("x")).hasContent("no folder any more");
    Files.delete(original.resolve("x"));
    write("x/1.png", "a dog");
    assertThat(local("x/1.png").getParent()).isDirectory();
  }

  /// Whose copy would be the original, and lose what Hadoop does not list.
  @Test
  void foldersOfThisMachineAreCopiedToo() throws IOException {
    write("images/1.png", "a cat");
    write("images/.1.png.crc", "no checksum");
    Path copy = new HadoopFiles(cache).local(original.resolve("images").toUri().toString());
    assertThat(copy).startsWith(cache);
    assertThat(original.resolve("images/.1.png.crc")).exists();
  }

  @Test
  void whatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> local("none.npy"))
        .isInstanceOf(IOException.class)
        .hasMessage("viewfs://" + cluster + "/data/none.npy cannot be read: it does not exist");
    assertThatThrownBy(() -> new HadoopFiles(cache).local("far://host/x.npy"))
        .isInstanceOf(IOException.class)
        .hasMessage("far://host/x.npy cannot be read: No FileSystem for scheme \"far\"");
    assertThatThrownBy(() -> new HadoopFiles(cache).local("s3a://bucket/x.npy"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("s3a://bucket/x.npy cannot be read: ")
        .hasMessageContaining("S3AFileSystem not found");
    assertThat(cache).doesNotExist();
  }

  @Test
  void theProgramFindsThem() {
    assertThat(ServiceLoader.load(RemoteFiles.class)).hasExactlyElementsOfTypes(HadoopFiles.class);
  }
}
