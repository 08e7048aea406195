package topolip.dataset;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A NumPy `.npy` file, mapped into memory: numbers in C order, of any size.
///
/// Whoever opens it closes it. Reading is safe for several threads.
public final class NpyArray implements AutoCloseable {
  private final Path file;
  private final NpyHeader header;
  private final MemorySegment values;
  private final Arena arena;

  private NpyArray(Path file, NpyHeader header, MemorySegment values, Arena arena) {
    this.file = file;
    this.header = header;
    this.values = values;
    this.arena = arena;
  }

  /// Maps a file.
  ///
  /// @throws DatasetException if it is no whole `.npy` file of numbers in C order
  @SuppressWarnings("MustBeClosedChecker") // close() closes the arena
  public static NpyArray open(Path file) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      NpyHeader header = NpyHeader.read(file, all);
      return new NpyArray(file, header, all.asSlice(header.offset()), arena);
    } catch (Throwable e) {
      arena.close();
      throw e;
    }
  }

  public Path file() {
    return file;
  }

  /// The lengths of the axes.
  public List<Long> shape() {
    return header.shape();
  }

  /// The number of values.
  public long size() {
    return header.size();
  }

  public NpyType type() {
    return header.type();
  }

  /// Value `index` in C order.
  public double get(long index) {
    return header.type().read(values, index);
  }

  /// Value `index` of an array of integers.
  public long getLong(long index) {
    return header.type().readLong(values, index);
  }

  /// The values themselves as 32-bit floats in native order, if that is what the file holds.
  ///
  /// @throws IllegalStateException if it holds something else; see [#holdsNativeFloats()]
  public MemorySegment nativeFloats() {
    if (!holdsNativeFloats()) {
      throw new IllegalStateException(file + " does not hold 32-bit floats in native order");
    }
    return values;
  }

  /// Whether the file holds 32-bit floats in this machine's byte order.
  public boolean holdsNativeFloats() {
    return header.type().kind() == NpyType.Kind.FLOAT
        && header.type().bytes() == Float.BYTES
        && header.type().order() == ByteOrder.nativeOrder();
  }

  /// The values as doubles in native order, on the heap.
  public MemorySegment toDoubles() {
    double[] doubles = new double[Math.toIntExact(size())];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = get(i);
    }
    return MemorySegment.ofArray(doubles);
  }

  @Override
  public void close() {
    arena.close();
  }
}
