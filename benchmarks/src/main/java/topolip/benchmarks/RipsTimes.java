package topolip.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import topolip.geometry.DistanceMatrix;
import topolip.homology.VietorisRips;

/// Prints the seconds from distances to diagrams, the first time in a JVM. Arguments: the highest
/// degree, the threshold, the threads, and a file with the lower triangle in 32-bit floats.
public final class RipsTimes {
  private static final int PIECE = 1 << 16;

  private RipsTimes() {}

  public static void main(String... arguments) throws IOException {
    VietorisRips rips =
        VietorisRips.upTo(Integer.parseInt(arguments[0]))
            .withThreshold(Double.parseDouble(arguments[1]))
            .withThreads(Integer.parseInt(arguments[2]));
    double[] lower = lower(Path.of(arguments[3]));
    int size = (int) Math.round((1 + Math.sqrt(1 + 8.0 * lower.length)) / 2);
    DistanceMatrix distances = DistanceMatrix.wrap(size, lower);

    long started = System.nanoTime();
    int degrees = rips.diagrams(distances).size();
    double seconds = (System.nanoTime() - started) / 1e9;

    if (degrees != rips.maxDegree() + 1) {
      throw new IllegalStateException("missing diagrams");
    }
    System.out.printf(Locale.ROOT, "%.4f%n", seconds);
  }

  /// Piece by piece, so that the file does not count as memory of the homology.
  private static double[] lower(Path file) throws IOException {
    double[] lower = new double[Math.toIntExact(Files.size(file) / Float.BYTES)];
    try (InputStream in = Files.newInputStream(file)) {
      int read = 0;
      while (read < lower.length) {
        byte[] piece = in.readNBytes(PIECE);
        var floats = ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        while (floats.hasRemaining()) {
          lower[read++] = floats.get();
        }
      }
    }
    return lower;
  }
}
