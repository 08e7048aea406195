package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarReaderTest {
  @TempDir Path folder;

  private Dataset test(Path path) throws IOException {
    return DataSource.parse("cifar10:" + path).open(Split.TEST, 0);
  }

  @Test
  void recordsAreImagesAndLabelsInOrder() throws IOException {
    Files.write(folder.resolve("test_batch.bin"), ByteFiles.cifar(1, 3, 9, 0));
    Dataset data = test(folder);

    assertThat(data.size()).isEqualTo(3);
    assertThat(data.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(data.label(1)).isEqualTo(9);
    assertThat(data.classNames().get(9)).isEqualTo("truck");
    assertThat(data.read(2).values()).hasSize(3072).containsOnly(2 / 255f);
  }

  @Test
  void trainingBatchesFollowEachOther() throws IOException {
    Files.write(folder.resolve("data_batch_2.bin"), ByteFiles.cifar(1, 5));
    Files.write(folder.resolve("data_batch_1.bin"), ByteFiles.cifar(1, 1, 2));
    Dataset data = DataSource.parse("cifar10:" + folder).open(Split.TRAIN, 0);

    assertThat(new int[] {data.label(0), data.label(1), data.label(2)}).containsExactly(1, 2, 5);
  }

  @Test
  void fineLabelsOfCifar100AreRead() throws IOException {
    Files.write(folder.resolve("test.bin"), ByteFiles.cifar(2, 99, 42));
    Dataset data = DataSource.parse("cifar100:" + folder).open(Split.TEST, 0);

    assertThat(data.label(0)).isEqualTo(99);
    assertThat(data.read(1).values()).containsOnly(1 / 255f);
  }

  @Test
  void archiveAndFolderAreTheSameData() throws IOException {
    byte[] records = ByteFiles.cifar(1, 3, 9, 0);
    Path unpacked = Files.createDirectories(folder.resolve("data/cifar-10-batches-bin"));
    Files.write(unpacked.resolve("test_batch.bin"), records);
    byte[] tar = ByteFiles.tar("cifar-10-batches-bin/test_batch.bin", records);
    Path packed = Files.write(folder.resolve("a.tar.gz"), ByteFiles.gzip(tar));
    Path plain = Files.write(folder.resolve("a.tar"), tar);

    String expected = test(folder.resolve("data")).sha256();
    assertThat(test(packed).sha256()).isEqualTo(expected);
    assertThat(test(plain).sha256()).isEqualTo(expected);
  }

  @Test
  void namesInAnArchiveReachNoOtherFile() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("in"));
    byte[] tar = ByteFiles.tar("../../test_batch.bin", ByteFiles.cifar(1, 7));
    Path archive = Files.write(inside.resolve("evil.tar"), tar);

    assertThat(test(archive).label(0)).isEqualTo(7);
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(archive);
    }
  }

  @Test
  void truncatedFileIsNamedWithItsLength() throws IOException {
    byte[] records = ByteFiles.cifar(1, 3, 9);
    Files.write(folder.resolve("test_batch.bin"), Arrays.copyOf(records, 5000));

    assertThatThrownBy(() -> test(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            folder
                + ": test_batch.bin has 5,000 bytes, not a multiple of 3,073: it is truncated or not"
                + " the binary version");
  }

  @Test
  void truncatedArchiveIsRefused() throws IOException {
    byte[] packed = ByteFiles.gzip(ByteFiles.tar("test_batch.bin", ByteFiles.cifar(1, 3, 9)));
    Path archive =
        Files.write(folder.resolve("a.tar.gz"), Arrays.copyOf(packed, packed.length / 2));

    assertThatThrownBy(() -> test(archive))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("not a whole .tar or .tar.gz archive");
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.tar.gz"), "x".repeat(2000));

    assertThatThrownBy(() -> test(file)).isInstanceOf(DatasetException.class);
  }

  @Test
  void labelThatIsNoClassIsNamedWithItsRecord() throws IOException {
    Files.write(folder.resolve("test_batch.bin"), ByteFiles.cifar(1, 3, 12));

    assertThatThrownBy(() -> test(folder))
        .hasMessageContaining("test_batch.bin, record 1: label 12 is none of the 10 classes");
  }

  @Test
  void missingFilesAreNamed() {
    assertThatThrownBy(() -> test(folder))
        .hasMessage(folder + ": has no test_batch.bin; expected the binary version of cifar10");
    assertThatThrownBy(() -> test(folder.resolve("nowhere")))
        .hasMessage(folder.resolve("nowhere").toString());
  }
}
