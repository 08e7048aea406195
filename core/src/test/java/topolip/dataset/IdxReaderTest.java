package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
  private static final byte[] IMAGES =
      ByteFiles.idx(
          0x803,
          new int[] {2, 1, 3},
          (byte) 0,
          (byte) 51,
          (byte) 255,
          (byte) 1,
          (byte) 2,
          (byte) 3);
  private static final byte[] LABELS = ByteFiles.idx(0x801, new int[] {2}, (byte) 4, (byte) 0);

  @TempDir Path folder;

  private Dataset open() throws IOException {
    return DataSource.parse("idx:" + folder).open(Split.TEST, 0);
  }

  private void write(byte[] images, byte[] labels) throws IOException {
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images);
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels);
  }

  @Test
  void imagesAndLabelsAreRead() throws IOException {
    write(IMAGES, LABELS);
    Dataset data = open();

    assertThat(data.shape()).isEqualTo(new ImageShape(1, 1, 3));
    assertThat(data.read(0).values()).containsExactly(0, 0.2f, 1);
    assertThat(data.label(0)).isEqualTo(4);
    assertThat(data.classNames()).hasSize(5);
  }

  @Test
  void gzippedFilesAreTheSame() throws IOException {
    write(IMAGES, LABELS);
    String expected = open().sha256();
    Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
    Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), ByteFiles.gzip(IMAGES));

    assertThat(open().sha256()).isEqualTo(expected);
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    write(Arrays.copyOf(IMAGES, IMAGES.length - 1), LABELS);
    assertThatThrownBy(this::open)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has 21 bytes, but its header says 22");

    write(LABELS, LABELS);
    assertThatThrownBy(this::open).hasMessageContaining("is no IDX file of unsigned bytes with 3");

    write(ByteFiles.idx(0x803, new int[] {Integer.MAX_VALUE, 9999, 9999}), LABELS);
    assertThatThrownBy(this::open).hasMessageContaining("axis");

    write(IMAGES, ByteFiles.idx(0x801, new int[] {1}, (byte) 4));
    assertThatThrownBy(this::open).hasMessageContaining("2 images, but 1 labels");

    byte[] packed = ByteFiles.gzip(IMAGES);
    Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
    Files.write(
        folder.resolve("t10k-images-idx3-ubyte.gz"), Arrays.copyOf(packed, packed.length - 9));
    assertThatThrownBy(this::open).hasMessageContaining("gzip data are truncated or damaged");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(this::open).hasMessageContaining("has no t10k-images-idx3-ubyte");
  }
}
