package topolip.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The SHA-256 of a data set, computed once: of its size and the sides of its images as 32-bit
/// integers, then for each image its label (−1 where unknown) as a 32-bit integer and its values as
/// 32-bit floats, `(channels, height, width)`; all little-endian.
final class ContentHash {
  private final Dataset dataset;
  private @Nullable String hash;

  ContentHash(Dataset dataset) {
    this.dataset = dataset;
  }

  synchronized String get() throws IOException {
    if (hash == null) {
      hash = compute();
    }
    return hash;
  }

  /// For data that are not read from a file.
  String ofGenerated() {
    try {
      return get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String compute() throws IOException {
    MessageDigest digest = sha256();
    ImageShape shape = dataset.shape();
    byte[] head = new byte[4 * Integer.BYTES];
    littleEndian(head)
        .putInt(dataset.size())
        .putInt(shape.channels())
        .putInt(shape.height())
        .putInt(shape.width());
    digest.update(head);
    float[] image = new float[shape.values()];
    byte[] record = new byte[Integer.BYTES + Float.BYTES * image.length];
    for (int i = 0; i < dataset.size(); i++) {
      dataset.read(i, image, 0);
      ByteBuffer buffer = littleEndian(record).putInt(dataset.labelled() ? dataset.label(i) : -1);
      buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(image);
      digest.update(record);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
