package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.DatasetException;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;
import topolip.homology.PersistenceDiagram;
import topolip.homology.VietorisRips;

/// `topolip homology`.
@Command(
    name = "homology",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Vietoris-Rips persistence diagrams over Z/2 of points or distances, as CSV"
          + " degree,birth,death: births and deaths are diameters, inf the death of an essential"
          + " class, intervals of length zero left out.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip homology points.csv --max-degree 2 > diagram.csv",
      "  topolip homology distances.npy --format distance --threshold 1.5"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HomologyCommand implements Callable<Integer> {
  /// What the rows of the file are.
  enum Format {
    POINTS,
    DISTANCE,
    LOWER_DISTANCE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Spec CommandSpec command;

  @Parameters(
      paramLabel = "FILE",
      description = "Text, separated by commas or blanks, or a two-dimensional .npy.")
  Path file;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "points",
      description = {
        "points: one a row (Euclidean distances); distance: the full matrix;",
        "lower-distance: its strict lower triangle, row by row (default: ${DEFAULT-VALUE})."
      })
  String format;

  @Option(
      names = "--max-degree",
      paramLabel = "K",
      defaultValue = "1",
      description = "Highest degree of homology (default: ${DEFAULT-VALUE}).")
  int maxDegree;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      defaultValue = "Infinity",
      description = "Leave out simplices of larger diameter (default: none).")
  double threshold;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads for the distances (default: ${DEFAULT-VALUE}).")
  int threads;

  @Override
  public Integer call() throws IOException {
    VietorisRips rips = rips();
    Format rows = format();
    List<PersistenceDiagram> diagrams = rips.diagrams(distances(rows, NumberFile.read(file)));
    PrintWriter out = command.commandLine().getOut();
    out.println("degree,birth,death");
    for (PersistenceDiagram diagram : diagrams) {
      for (int i = 0; i < diagram.size(); i++) {
        String death = diagram.isEssential(i) ? "inf" : Double.toString(diagram.death(i));
        out.println(diagram.degree() + "," + diagram.birth(i) + "," + death);
      }
    }
    out.flush();
    return 0;
  }

  private VietorisRips rips() {
    try {
      return VietorisRips.upTo(maxDegree).withThreshold(threshold);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private Format format() {
    return Arrays.stream(Format.values())
        .filter(known -> known.toString().equals(format))
        .findFirst()
        .orElseThrow(() ->
            new ParameterException(
                command.commandLine(),
                "'%s' is no format; expected points, distance or lower-distance"
                    .formatted(format)));
  }

  private DistanceMatrix distances(Format rowFormat, double[][] rows) throws IOException {
    try {
      return switch (rowFormat) {
        case POINTS -> PointCloud.of(rows).distances(threads);
        case DISTANCE -> DistanceMatrix.of(rows);
        case LOWER_DISTANCE -> lower(rows);
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
}
