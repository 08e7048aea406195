package topolip.dataset;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Set;

/// The type of the numbers in a `.npy` file.
///
/// @param bytes a number
public record NpyType(Kind kind, int bytes, ByteOrder order) {

  /// What a number is.
  public enum Kind {
    FLOAT,
    SIGNED,
    UNSIGNED,
    BOOLEAN
  }

  /// Reads NumPy's description, such as `<f4`.
  static NpyType parse(Path file, String description) throws DatasetException {
    if (!description.matches("[<>|=][fiub][1248]")) {
      throw unsupported(file, description);
    }
    int bytes = description.charAt(2) - '0';
    Kind kind =
        switch (description.charAt(1)) {
          case 'f' -> Kind.FLOAT;
          case 'i' -> Kind.SIGNED;
          case 'u' -> Kind.UNSIGNED;
          default -> Kind.BOOLEAN;
        };
    Set<Integer> sizes =
        switch (kind) {
          case FLOAT -> Set.of(2, 4, 8);
          case SIGNED, UNSIGNED -> Set.of(1, 2, 4, 8);
          case BOOLEAN -> Set.of(1);
        };
    if (!sizes.contains(bytes)) {
      throw unsupported(file, description);
    }
    return new NpyType(
        kind,
        bytes,
        switch (description.charAt(0)) {
          case '>' -> ByteOrder.BIG_ENDIAN;
          case '<' -> ByteOrder.LITTLE_ENDIAN;
          default -> ByteOrder.nativeOrder();
        });
  }

  private static DatasetException unsupported(Path file, String description) {
    return new DatasetException(
        file,
        "holds '%s'; expected floats or integers (f2, f4, f8, i1 … u8): save with .astype('float32')"
            .formatted(description));
  }

  boolean isFloat() {
    return kind == Kind.FLOAT;
  }

  double read(MemorySegment values, long index) {
    if (!isFloat()) {
      return readLong(values, index);
    }
    long offset = index * bytes;
    return switch (bytes) {
      case 2 ->
          Float.float16ToFloat(
              values.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset));
      case 4 -> values.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), offset);
      default -> values.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), offset);
    };
  }

  long readLong(MemorySegment values, long index) {
    if (isFloat()) {
      throw new IllegalStateException("floats are no integers");
    }
    boolean signed = kind == Kind.SIGNED;
    long offset = index * bytes;
    return switch (bytes) {
      case 1 -> {
        byte value = values.get(ValueLayout.JAVA_BYTE, offset);
        yield signed ? value : Byte.toUnsignedLong(value);
      }
      case 2 -> {
        short value = values.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset);
        yield signed ? value : Short.toUnsignedLong(value);
      }
      case 4 -> {
        int value = values.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset);
        yield signed ? value : Integer.toUnsignedLong(value);
      }
      default -> values.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset);
    };
  }
}
