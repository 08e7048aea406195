package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.DatasetException;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.Metric;
import topolip.geometry.SparseDistances;
import topolip.homology.Cech;
import topolip.homology.Cost;
import topolip.homology.Filtration;
import topolip.homology.Representative;
import topolip.homology.VietorisRips;
import topolip.report.GrowthFigure;

/// `topolip homology`.
@Command(
    name = "homology",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Persistence diagrams of points or distances, as CSV degree,birth,death: births and deaths"
          + " are diameters (Vietoris-Rips) or radii (Čech), inf the death of an essential class,"
          + " intervals of length zero left out.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip homology points.csv --max-degree 2 > diagram.csv",
      "  topolip homology distances.npy --format distance --threshold 1.5 --field 3",
      "  topolip homology points.npy --complex cech --representatives",
      "  topolip homology circle.csv --complex cech --figure figures",
      "  topolip homology many.npy --landmarks 2000     (prints how far diagrams can be off)"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HomologyCommand implements Callable<Integer> {
  private static final double SECONDS_WORTH_A_LINE = 5;

  /// The complexes, as written on the command line.
  enum Complex {
    RIPS,
    CECH
  }

  @Spec CommandSpec command;

  @Parameters(
      paramLabel = "FILE",
      description =
          "Text, separated by commas, semicolons or blanks, OFF, or a two-dimensional" + " .npy.")
  Path file;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "points",
      description = {
        "points: one a row; distance: the full matrix; lower-distance, upper-distance: its strict"
            + " triangles, row by row; sparse: i,j,distance with indices from 0, other pairs not"
            + " connected; binary: the lower triangle in 32-bit floats (default: ${DEFAULT-VALUE})."
      })
  String format;

  @Option(
      names = "--metric",
      paramLabel = "M",
      defaultValue = "euclidean",
      description =
          "Distance of points: euclidean, manhattan, chebyshev or cosine (default:"
              + " ${DEFAULT-VALUE}).")
  Metric metric;

  @Option(
      names = "--complex",
      paramLabel = "C",
      defaultValue = "rips",
      description =
          "rips: Vietoris-Rips by diameter; cech: Čech by radius, to degree 2 (default:"
              + " ${DEFAULT-VALUE}).")
  Complex complex;

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
      description = "Leave out simplices that appear later (default: none).")
  double threshold;

  @Option(
      names = "--field",
      paramLabel = "P",
      defaultValue = "2",
      description = "Coefficients in Z/P, P a prime below 32768 (default: ${DEFAULT-VALUE}).")
  int prime;

  @Option(
      names = "--landmarks",
      paramLabel = "N",
      description = "Take N points only, each the farthest from those before.")
  @Nullable Integer landmarks;

  @Option(
      names = "--sparse",
      paramLabel = "E",
      description = "Leave out edges so that births and deaths grow by a factor of 1 + E at most.")
  @Nullable Double epsilon;

  @Option(
      names = "--representatives",
      description = "Add the simplices of birth and death and a cocycle of each class (slower).")
  boolean representatives;

  @Option(
      names = "--figure",
      paramLabel = "DIR",
      description =
          "Draw the Čech complex of points in the plane at four radii beside the diagram: growth.svg"
              + " and growth.png in DIR.")
  @Nullable Path figure;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Mixin ThreadOptions threads;

  @Option(names = "--quiet", description = "No progress bars and no remarks.")
  boolean quiet;

  @Override
  public Integer call() throws IOException {
    Filtration filtration = usage(this::filtration);
    Approximation approximation = usage(() -> new Approximation(landmarks, epsilon));
    DistanceFile.Format rows = usage(() -> DistanceFile.Format.of(format));
    if (landmarks != null && representatives) {
      throw new ParameterException(
          command.commandLine(),
          "--representatives names points by their place in the file; not with --landmarks");
    }
    requireMetric();
    DistanceFile input = DistanceFile.read(file, rows);
    PrintWriter out = command.commandLine().getOut();
    try {
      DistanceFile taken = approximation.of(measured(input), this::tell);
      if (figure != null && taken instanceof DistanceFile.Points(var cloud, _)) {
        GrowthFigure.requireDrawable(cloud);
      }
      out.print(text(filtration, taken));
      draw(filtration, taken);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(file, String.valueOf(e.getMessage()), e);
    }
    out.flush();
    return 0;
  }

  /// What was proved for metrics, or for Euclidean balls, is promised for nothing else.
  private void requireMetric() {
    if (complex == Complex.CECH && metric != Metric.EUCLIDEAN) {
      throw new ParameterException(
          command.commandLine(), "--complex cech is of Euclidean balls; not with --metric");
    }
    if (complex == Complex.CECH && epsilon != null) {
      throw new ParameterException(
          command.commandLine(),
          "--sparse is of --complex rips; Čech complexes need all distances");
    }
    if (figure != null && (complex != Complex.CECH || !format.equals("points"))) {
      throw new ParameterException(
          command.commandLine(), "--figure is of --complex cech and of points");
    }
    if (metric == Metric.COSINE && (landmarks != null || epsilon != null)) {
      throw new ParameterException(
          command.commandLine(),
          "--landmarks and --sparse need the triangle inequality, which cosine distance breaks");
    }
  }

  private void draw(Filtration filtration, DistanceFile input) throws IOException {
    if (figure != null && input instanceof DistanceFile.Points(var cloud, _)) {
      GrowthFigure.write(figure, cloud, filtration.diagrams(cloud.distances(threads.count())));
    }
  }

  private DistanceFile measured(DistanceFile input) {
    if (metric == Metric.EUCLIDEAN) {
      return input;
    }
    if (input instanceof DistanceFile.Points(var cloud, _)) {
      return new DistanceFile.Points(cloud, metric);
    }
    throw new ParameterException(
        command.commandLine(), "--metric is of points; the file holds distances");
  }

  private String text(Filtration asked, DistanceFile input) {
    Filtration filtration = feasible(asked, input);
    return switch (input) {
      case DistanceFile.Points(var cloud, var taken) ->
          text(filtration, cloud.distances(taken, threads.count()));
      case DistanceFile.Matrix(var distances) -> text(filtration, distances);
      case DistanceFile.Sparse(var distances) -> text(filtration, distances);
    };
  }

  /// Of n points, nothing is of a higher degree than n − 2.
  private static Filtration feasible(Filtration asked, DistanceFile input) {
    int points =
        switch (input) {
          case DistanceFile.Points(var cloud, _) -> cloud.size();
          case DistanceFile.Matrix(var distances) -> distances.size();
          case DistanceFile.Sparse(var distances) -> distances.size();
        };
    int highest = Math.max(0, points - 2);
    return asked instanceof VietorisRips(int degree, double threshold, int prime, int threads)
            && degree > highest
        ? new VietorisRips(highest, threshold, prime, threads)
        : asked;
  }

  /// What is wrong with an option is said as such.
  private <T> T usage(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private Filtration filtration() {
    return switch (complex) {
      case RIPS -> new VietorisRips(maxDegree, threshold, prime, threads.count());
      case CECH -> new Cech(maxDegree, threshold, prime, threads.count());
    };
  }

  private String text(Filtration filtration, DistanceMatrix distances) {
    if (filtration instanceof VietorisRips rips) {
      announce(rips.cost(distances));
    }
    if (representatives) {
      return text(filtration.representatives(distances));
    }
    try (ColumnBars bars = new ColumnBars(ProgressBars.unless(quiet))) {
      var diagrams = filtration.diagrams(distances, bars);
      return json ? IntervalTable.json(diagrams) : IntervalTable.csv(diagrams);
    }
  }

  private String text(Filtration filtration, SparseDistances distances) {
    if (!(filtration instanceof VietorisRips rips)) {
      throw new ParameterException(
          command.commandLine(), "Čech complexes need all distances, not some");
    }
    announce(rips.cost(distances));
    if (representatives) {
      return text(rips.representatives(distances));
    }
    try (ColumnBars bars = new ColumnBars(ProgressBars.unless(quiet))) {
      var diagrams = rips.diagrams(distances, bars);
      return json ? IntervalTable.json(diagrams) : IntervalTable.csv(diagrams);
    }
  }

  private String text(List<Representative> classes) {
    return json
        ? IntervalTable.jsonOfRepresentatives(classes)
        : IntervalTable.csvOfRepresentatives(classes);
  }

  private void announce(Cost cost) {
    if (cost.seconds() > SECONDS_WORTH_A_LINE) {
      tell(cost.toString());
    }
  }

  /// Says something that is not the result.
  private void tell(String line) {
    if (!quiet) {
      command.commandLine().getErr().println(line);
    }
  }
}
