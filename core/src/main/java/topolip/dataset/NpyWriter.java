package topolip.dataset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a NumPy `.npy` file of numbers in C order, little-endian, piece by piece.
public final class NpyWriter implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final OutputStream out;
  private final Path file;
  private long missing;

  private NpyWriter(OutputStream out, Path file, long size) {
    this.out = out;
    this.file = file;
    this.missing = size;
  }

  /// A file of 32-bit floats.
  public static NpyWriter floats(Path file, Long... shape) throws IOException {
    return create(file, "<f4", List.of(shape));
  }

  /// A file of 64-bit integers.
  public static NpyWriter longs(Path file, Long... shape) throws IOException {
    return create(file, "<i8", List.of(shape));
  }

  private static NpyWriter create(Path file, String type, List<Long> shape) throws IOException {
    String sides = shape.stream().map(side -> side + ",").collect(Collectors.joining(" "));
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, sides);
    int length = text.length() + 1;
    int padding = Math.floorMod(-(10 + length), ALIGNMENT);
    ByteBuffer header = ByteBuffer.allocate(10 + length + padding).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) (length + padding));
    header.put((text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII));
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    out.write(header.array());
    return new NpyWriter(out, file, shape.stream().reduce(1L, Math::multiplyExact));
  }

  /// Writes further values of a file of floats.
  public void write(float... values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    out.write(bytes.array());
    missing -= values.length;
  }

  /// Writes further values of a file of integers.
  public void writeLongs(long... values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    out.write(bytes.array());
    missing -= values.length;
  }

  /// Completes the file.
  ///
  /// @throws IOException if the values do not fill the shape
  public void finish() throws IOException {
    out.close();
    if (missing != 0) {
      throw new IOException("%s: %d values are missing".formatted(file, missing));
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
