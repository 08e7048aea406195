package topolip.perturb.corruption;

import java.util.Arrays;
import javax.imageio.stream.ImageOutputStreamImpl;

/// Bytes that are written, and then read from the start, again and again in the same array.
final class MemoryStream extends ImageOutputStreamImpl {
  private byte[] bytes = new byte[4096];
  private int end;

  /// Empties it.
  void clear() {
    streamPos = 0;
    end = 0;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    int at = (int) streamPos;
    if (length > bytes.length - at) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + length));
    }
    System.arraycopy(from, offset, bytes, at, length);
    streamPos += length;
    end = Math.max(end, at + length);
  }

  @Override
  public int read() {
    return streamPos < end ? bytes[(int) streamPos++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    int count = (int) Math.min(length, end - streamPos);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(bytes, (int) streamPos, into, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return end;
  }

  /// Keeps all bytes: they are read after they are written.
  @Override
  public void flushBefore(long position) {}
}
