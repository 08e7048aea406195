package topolip.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;
import topolip.diagram.Bottleneck;
import topolip.diagram.GroundNorm;
import topolip.diagram.Wasserstein;
import topolip.homology.PersistenceDiagram;

/// Times a distance of two diagrams in CSV files, without reading them: arguments are the files and
/// either `bottleneck`, or the order and the ground norm. Prints the distance, the seconds of the
/// first run (a cold JVM), and the fewest of ten later ones.
public final class DiagramTimes {
  private static final int RUNS = 10;

  private DiagramTimes() {}

  public static void main(String... arguments) throws IOException {
    PersistenceDiagram a = read(arguments[0]);
    PersistenceDiagram b = read(arguments[1]);
    DoubleSupplier distance =
        arguments[2].equals("bottleneck")
            ? () -> new Bottleneck().distance(a, b)
            : () ->
                new Wasserstein(Double.parseDouble(arguments[2]), GroundNorm.valueOf(arguments[3]))
                    .distance(a, b);
    double first = seconds(distance);
    double best = first;
    for (int run = 0; run < RUNS; run++) {
      best = Math.min(best, seconds(distance));
    }
    System.out.printf("%s %.6f %.6f%n", distance.getAsDouble(), first, best);
  }

  private static double seconds(DoubleSupplier distance) {
    long started = System.nanoTime();
    double value = distance.getAsDouble();
    double seconds = (System.nanoTime() - started) / 1e9;
    if (Double.isNaN(value)) {
      throw new IllegalStateException("no distance");
    }
    return seconds;
  }

  private static PersistenceDiagram read(String file) throws IOException {
    double[][] points =
        Files.readAllLines(Path.of(file)).stream()
            .map(line ->
                Pattern.compile(",").splitAsStream(line).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    double[] births = new double[points.length];
    double[] deaths = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      births[i] = points[i][0];
      deaths[i] = points[i][1];
    }
    return PersistenceDiagram.of(1, births, deaths);
  }
}
