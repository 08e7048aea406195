package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.DatasetException;
import topolip.diagram.Wasserstein;
import topolip.homology.PersistenceDiagram;

/// `topolip distance`.
@Command(
    name = "distance",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "The exact Wasserstein distance of two persistence diagrams, degree by degree, as CSV"
          + " degree,distance. Essential classes are matched among themselves; unequal numbers of"
          + " them are infinitely far apart.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip homology a.csv > a.dgm && topolip homology b.csv > b.dgm && topolip distance a.dgm"
          + " b.dgm",
      "  topolip distance a.dgm b.dgm --order 2 --ground l2 --degree 1"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DistanceCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(index = "0", paramLabel = "A", description = "A diagram: degree,birth,death.")
  Path first;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  Path second;

  @Option(
      names = "--order",
      paramLabel = "P",
      defaultValue = "1",
      description = "Order of the distance, at least 1 (default: ${DEFAULT-VALUE}).")
  double order;

  @Option(
      names = "--ground",
      paramLabel = "N",
      defaultValue = "linf",
      description = "Ground norm of the birth-death plane: linf or l2 (default: ${DEFAULT-VALUE}).")
  MeasureOptions.Ground ground;

  @Option(
      names = "--degree",
      paramLabel = "K",
      description = "Only this degree (default: all in either file).")
  @Nullable Integer degree;

  @Override
  public Integer call() throws IOException {
    Wasserstein metric = metric();
    Map<Integer, PersistenceDiagram> a = diagrams(first);
    Map<Integer, PersistenceDiagram> b = diagrams(second);
    TreeSet<Integer> degrees = new TreeSet<>(a.keySet());
    degrees.addAll(b.keySet());
    if (degree != null) {
      degrees.retainAll(List.of(degree));
      if (degrees.isEmpty()) {
        throw new IOException("neither diagram has intervals of degree " + degree);
      }
    }
    PrintWriter out = command.commandLine().getOut();
    out.println("degree,distance");
    for (int k : degrees) {
      double distance = metric.distance(of(a, k), of(b, k));
      out.println(k + "," + (Double.isInfinite(distance) ? "inf" : Double.toString(distance)));
    }
    out.flush();
    return 0;
  }

  private Wasserstein metric() {
    try {
      return new Wasserstein(order, ground.norm);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private static PersistenceDiagram of(Map<Integer, PersistenceDiagram> diagrams, int degree) {
    PersistenceDiagram diagram = diagrams.get(degree);
    return diagram == null ? PersistenceDiagram.of(degree, new double[0], new double[0]) : diagram;
  }

  private static Map<Integer, PersistenceDiagram> diagrams(Path file) throws IOException {
    Map<Integer, List<double[]>> rows = new TreeMap<>();
    for (double[] row : NumberFile.read(file)) {
      if (row.length != 3 || row[0] != Math.rint(row[0]) || !(row[0] >= 0 && row[0] < 1000)) {
        throw new DatasetException(file, "has a row that is not degree,birth,death");
      }
      rows.computeIfAbsent((int) row[0], _ -> new ArrayList<>()).add(row);
    }
    Map<Integer, PersistenceDiagram> diagrams = new TreeMap<>();
    for (Map.Entry<Integer, List<double[]>> entry : rows.entrySet()) {
      double[] births = entry.getValue().stream().mapToDouble(row -> row[1]).toArray();
      double[] deaths = entry.getValue().stream().mapToDouble(row -> row[2]).toArray();
      try {
        diagrams.put(entry.getKey(), PersistenceDiagram.of(entry.getKey(), births, deaths));
      } catch (IllegalArgumentException e) {
        throw new DatasetException(file, String.valueOf(e.getMessage()), e);
      }
    }
    return diagrams;
  }
}
