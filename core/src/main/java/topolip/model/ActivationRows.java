package topolip.model;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import topolip.geometry.PointCloud;

/// The activations of one tap, `(samples, features)`, on the heap or in a mapped temporary file.
final class ActivationRows implements AutoCloseable {
  private final int samples;
  private final int features;
  private final MemorySegment values;
  private final Runnable release;
  private long filled;

  private ActivationRows(int samples, int features, MemorySegment values, Runnable release) {
    this.samples = samples;
    this.features = features;
    this.values = values;
    this.release = release;
  }

  static ActivationRows onHeap(int samples, int features) {
    float[] values = new float[Math.multiplyExact(samples, features)];
    return new ActivationRows(samples, features, MemorySegment.ofArray(values), () -> {});
  }

  /// In a file of `folder` that is gone when this is closed, or the program ends.
  @SuppressWarnings("MustBeClosedChecker") // close() of the rows closes the arena
  static ActivationRows spilled(int samples, int features, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "activations", ".f32");
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file, READ, WRITE, DELETE_ON_CLOSE)) {
      long bytes = (long) Float.BYTES * samples * features;
      MemorySegment map = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      return new ActivationRows(samples, features, map, arena::close);
    } catch (Throwable e) {
      arena.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /// Puts whole rows behind those that are there.
  void append(float[] rows) {
    MemorySegment.copy(rows, 0, values, ValueLayout.JAVA_FLOAT_UNALIGNED, filled, rows.length);
    filled += (long) Float.BYTES * rows.length;
  }

  PointCloud cloud() {
    return PointCloud.wrapFloats(values, samples, features);
  }

  @Override
  public void close() {
    release.run();
  }
}
