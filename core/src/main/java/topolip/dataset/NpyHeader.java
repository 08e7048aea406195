package topolip.dataset;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header of a `.npy` file (NumPy Enhancement Proposal 1, versions 1.0 to 3.0).
///
/// @param offset where the values begin
record NpyHeader(NpyType type, List<Long> shape, long size, long offset) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST = 1 << 16;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");

  static NpyHeader read(Path file, MemorySegment all) throws DatasetException {
    if (all.byteSize() < 10
        || !Arrays.equals(all.asSlice(0, 6).toArray(ValueLayout.JAVA_BYTE), MAGIC)) {
      throw new DatasetException(file, "is no .npy file");
    }
    int version = all.get(ValueLayout.JAVA_BYTE, 6);
    if (version < 1 || version > 3) {
      throw new DatasetException(
          file, "is a .npy file of version %d; known are 1 to 3".formatted(version));
    }
    int start = version == 1 ? 10 : 12;
    if (all.byteSize() < start) {
      throw new DatasetException(file, "is truncated within its header");
    }
    long length =
        version == 1
            ? Short.toUnsignedLong(all.get(SHORT, 8))
            : Integer.toUnsignedLong(all.get(INT, 8));
    if (length > LONGEST || start + length > all.byteSize()) {
      throw new DatasetException(file, "is truncated within its header");
    }
    byte[] text = all.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
    return parse(file, new String(text, StandardCharsets.UTF_8), start + length, all.byteSize());
  }

  private static NpyHeader parse(Path file, String text, long offset, long fileSize)
      throws DatasetException {
    NpyType type = NpyType.parse(file, group(file, TYPE, text));
    List<Long> shape = shape(file, group(file, SHAPE, text));
    if (group(file, FORTRAN, text).equals("True")
        && shape.stream().filter(s -> s > 1).count() > 1) {
      throw new DatasetException(file, "is in Fortran order; save with numpy.ascontiguousarray(x)");
    }
    long size = 1;
    long bytes;
    try {
      for (long side : shape) {
        size = Math.multiplyExact(size, side);
      }
      bytes = Math.multiplyExact(size, type.bytes());
    } catch (ArithmeticException e) {
      throw new DatasetException(file, "claims the impossible shape " + shape, e);
    }
    if (fileSize - offset != bytes) {
      throw new DatasetException(
          file,
          "has %,d bytes of values, but its header says %,d: it is truncated or damaged"
              .formatted(fileSize - offset, bytes));
    }
    return new NpyHeader(type, shape, size, offset);
  }

  private static String group(Path file, Pattern pattern, String text) throws DatasetException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new DatasetException(file, "has a header that is not NumPy's, or no plain numbers");
    }
    return matcher.group(1);
  }

  private static List<Long> shape(Path file, String text) throws DatasetException {
    List<Long> shape = new ArrayList<>();
    for (String side : text.split(",", -1)) {
      if (!side.isBlank()) {
        try {
          shape.add(Long.parseLong(side.strip()));
        } catch (NumberFormatException e) {
          throw new DatasetException(file, "claims the impossible shape (" + text + ")", e);
        }
      }
    }
    return shape;
  }
}
