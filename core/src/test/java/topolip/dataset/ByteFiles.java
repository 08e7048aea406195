package topolip.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Makes small files in the formats of the field.
final class ByteFiles {
  private ByteFiles() {}

  /// CIFAR records: record i has this label and pixels that are all `i`.
  static byte[] cifar(int labelBytes, int... labels) {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[labels.length * (labelBytes + 3072)]);
    for (int i = 0; i < labels.length; i++) {
      for (int b = 0; b < labelBytes; b++) {
        bytes.put((byte) (b == labelBytes - 1 ? labels[i] : 0));
      }
      for (int p = 0; p < 3072; p++) {
        bytes.put((byte) i);
      }
    }
    return bytes.array();
  }

  static byte[] idx(int magic, int[] sides, byte... values) {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[4 + 4 * sides.length + values.length]);
    bytes.putInt(magic);
    for (int side : sides) {
      bytes.putInt(side);
    }
    return bytes.put(values).array();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }

  static byte[] tar(String name, byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return packed.toByteArray();
  }

  /// A `.npy` file with this header and these bytes behind it.
  static Path npy(Path file, String header, byte... values) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.write(text.length & 0xff);
    bytes.write(text.length >> 8);
    bytes.write(text);
    bytes.write(values);
    return Files.write(file, bytes.toByteArray());
  }
}
