package topolip.perturb.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.Dataset;
import topolip.dataset.DatasetException;

class PublishedCorruptionsTest {

  private static void npy(Path file, String shape, byte[] values) throws IOException {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (%s), }".formatted(shape);
    header += " ".repeat(Math.floorMod(-(11 + header.length()), 64)) + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(
        ByteBuffer.allocate(2)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) header.length())
            .array());
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    out.write(values);
    Files.write(file, out.toByteArray());
  }

  /// Two images a severity, image i all of value i.
  private static PublishedCorruptions folder(Path folder, int images) throws IOException {
    byte[] pixels = new byte[images * 48];
    byte[] labels = new byte[images];
    for (int i = 0; i < images; i++) {
      labels[i] = (byte) (i % 2);
      for (int k = 0; k < 48; k++) {
        pixels[i * 48 + k] = (byte) (10 * i + k % 3);
      }
    }
    npy(folder.resolve("fog.npy"), images + ", 4, 4, 3", pixels);
    npy(folder.resolve("labels.npy"), images + ",", labels);
    return new PublishedCorruptions(folder);
  }

  @Test
  void severitiesFollowEachOther(@TempDir Path path) throws IOException {
    PublishedCorruptions published = folder(path, 10);
    assertThat(published.available()).containsExactly(Corruption.FOG);
    for (int severity = 1; severity <= 5; severity++) {
      Dataset images = published.open(Corruption.FOG, severity);
      assertThat(images.size()).isEqualTo(2);
      assertThat(images.label(1)).isEqualTo(1);
      assertThat(images.shape()).hasToString("3x4x4");
      float[] both = images.read(0, 1).values();
      int first = 20 * (severity - 1);
      assertThat(both[0]).isEqualTo(first / 255f);
      assertThat(both[16]).isEqualTo((first + 1) / 255f);
      assertThat(both[48]).isEqualTo((first + 10) / 255f);
      assertThatThrownBy(() -> images.label(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThat(published.open(Corruption.FOG, 1).sha256())
        .isNotEqualTo(published.open(Corruption.FOG, 2).sha256());
    assertThat(published.open(Corruption.FOG, 5).name()).endsWith(" fog:5");
  }

  @Test
  void whatIsMissingIsNamed(@TempDir Path path) throws IOException {
    PublishedCorruptions published = folder(path, 9);
    assertThatThrownBy(() -> published.open(Corruption.SNOW, 1))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("snow.npy");
    assertThatThrownBy(() -> published.open(Corruption.FOG, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has 9 images, which are not 5 severities of the same number");
    assertThatThrownBy(() -> published.open(Corruption.FOG, 0))
        .hasMessage("severity must be from 1 to 5: 0");
  }
}
