package topolip.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;
import topolip.homology.PersistenceDiagram;
import topolip.homology.VietorisRips;

/// Times the homology of points in a CSV file, without reading and distances: arguments are the
/// highest degree and the file. Prints the first run (a cold JVM) and the best of five later ones.
public final class RipsTimes {
  private static final int RUNS = 5;

  private RipsTimes() {}

  public static void main(String... arguments) throws IOException {
    int degree = Integer.parseInt(arguments[0]);
    double[][] points =
        Files.readAllLines(Path.of(arguments[1])).stream()
            .map(line ->
                Pattern.compile(",").splitAsStream(line).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    DistanceMatrix distances = PointCloud.of(points).distances(1);
    double first = seconds(degree, distances);
    double best = first;
    for (int run = 0; run < RUNS; run++) {
      best = Math.min(best, seconds(degree, distances));
    }
    System.out.printf("%.3f %.3f%n", first, best);
  }

  private static double seconds(int degree, DistanceMatrix distances) {
    long started = System.nanoTime();
    List<PersistenceDiagram> diagrams = VietorisRips.upTo(degree).diagrams(distances);
    double seconds = (System.nanoTime() - started) / 1e9;
    if (diagrams.size() != degree + 1) {
      throw new IllegalStateException("missing diagrams");
    }
    return seconds;
  }
}
