package topolip.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import topolip.geometry.DistanceMatrix;
import topolip.homology.VietorisRips;

/// Prints the seconds from distances to diagrams, the first time in a JVM. Arguments: the highest
/// degree, the threshold, the threads, and a file with the lower triangle in 32-bit floats.
public final class RipsTimes {
  private RipsTimes() {}

  public static void main(String... arguments) throws IOException {
    VietorisRips rips =
        VietorisRips.upTo(Integer.parseInt(arguments[0]))
            .withThreshold(Double.parseDouble(arguments[1]))
            .withThreads(Integer.parseInt(arguments[2]));
    var values =
        ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[3])))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    double[] lower = new double[values.remaining()];
    Arrays.setAll(lower, values::get);
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
}
