package topolip.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import topolip.dataset.DatasetException;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.Metric;
import topolip.geometry.PointCloud;
import topolip.geometry.SparseDistances;

/// What a file says of points: where they are, all their distances, or some.
sealed interface DistanceFile {
  /// How many points may have no distance at all.
  int MOST_UNCONNECTED = 1_000_000;

  /// How many bytes of a binary file are read at once: a multiple of 4.
  int PIECE = 1 << 16;

  record Points(PointCloud cloud, Metric metric) implements DistanceFile {}

  record Matrix(DistanceMatrix distances) implements DistanceFile {}

  record Sparse(SparseDistances distances) implements DistanceFile {}

  /// What the rows of the file are, by Ripser's names.
  enum Format {
    POINTS,
    DISTANCE,
    LOWER_DISTANCE,
    UPPER_DISTANCE,
    SPARSE,
    BINARY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException if no format has this name
    static Format of(String name) {
      return Arrays.stream(values())
          .filter(known -> known.toString().equals(name))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "'%s' is no format; expected one of %s"
                      .formatted(name, Arrays.toString(values()))));
    }
  }

  static DistanceFile read(Path file, Format format) throws IOException {
    try {
      return switch (format) {
        case POINTS -> new Points(PointCloud.of(NumberFile.read(file)), Metric.EUCLIDEAN);
        case DISTANCE -> new Matrix(DistanceMatrix.of(NumberFile.read(file)));
        case LOWER_DISTANCE -> new Matrix(lower(NumberFile.read(file)));
        case UPPER_DISTANCE -> new Matrix(upper(NumberFile.read(file)));
        case SPARSE -> new Sparse(sparse(NumberFile.read(file)));
        case BINARY -> new Matrix(binary(file));
      };
    } catch (IllegalArgumentException e) {
      throw new DatasetException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static DistanceMatrix lower(double[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != i + 1) {
        throw new IllegalArgumentException(
            "row %d of the lower triangle has %d distances, not %d"
                .formatted(i + 1, rows[i].length, i + 1));
      }
    }
    double[] lower = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return DistanceMatrix.wrap(rows.length + 1, lower);
  }

  private static DistanceMatrix upper(double[][] rows) {
    double[][] lower = new double[rows.length][];
    Arrays.setAll(lower, i -> new double[i + 1]);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != rows.length - i) {
        throw new IllegalArgumentException(
            "row %d of the upper triangle has %d distances, not %d"
                .formatted(i + 1, rows[i].length, rows.length - i));
      }
      for (int j = 0; j < rows[i].length; j++) {
        lower[i + j][i] = rows[i][j];
      }
    }
    return lower(lower);
  }

  private static SparseDistances sparse(double[][] rows) {
    for (int r = 0; r < rows.length; r++) {
      if (rows[r].length != 3 || !isIndex(rows[r][0]) || !isIndex(rows[r][1])) {
        throw new IllegalArgumentException(
            "row %d is not i,j,distance with indices from 0".formatted(r + 1));
      }
    }
    int[] is = Arrays.stream(rows).mapToInt(row -> (int) row[0]).toArray();
    int[] js = Arrays.stream(rows).mapToInt(row -> (int) row[1]).toArray();
    int last = IntStream.concat(Arrays.stream(is), Arrays.stream(js)).max().orElse(-1);
    if (last > MOST_UNCONNECTED + 100L * rows.length) {
      throw new IllegalArgumentException(
          "names point %,d, but has %,d distances; expected indices from 0 without large gaps"
              .formatted(last, rows.length));
    }
    return SparseDistances.of(
        last + 1, is, js, Arrays.stream(rows).mapToDouble(row -> row[2]).toArray());
  }

  private static boolean isIndex(double value) {
    return value >= 0 && value == Math.rint(value) && value < Integer.MAX_VALUE - 1;
  }

  /// The strict lower triangle in 32-bit floating point, little-endian, as Ripser's `binary`; read
  /// piece by piece.
  private static DistanceMatrix binary(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      long bytes = Files.size(file);
      long pairs = bytes / Float.BYTES;
      int size = (int) Math.round((1 + Math.sqrt(1 + 8.0 * pairs)) / 2);
      if (bytes % Float.BYTES != 0 || (long) size * (size - 1) / 2 != pairs) {
        throw new IllegalArgumentException(
            "has %,d bytes, which is no lower triangle of 4 bytes a distance".formatted(bytes));
      }
      if (size > DistanceMatrix.LARGEST) {
        throw new IllegalArgumentException(
            "has distances of %,d points; at most %,d fit".formatted(size, DistanceMatrix.LARGEST));
      }
      double[] lower = new double[(int) pairs];
      for (int read = 0; read < lower.length; ) {
        var floats =
            ByteBuffer.wrap(in.readNBytes(PIECE)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        if (!floats.hasRemaining()) {
          throw new IllegalArgumentException("ended while it was read");
        }
        for (; floats.hasRemaining() && read < lower.length; read++) {
          lower[read] = floats.get();
        }
      }
      return DistanceMatrix.wrap(size, lower);
    }
  }
}
