package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntUnaryOperator;
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

  @Mixin FiltrationOptions filtrations;

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

  @Mixin IntervalOptions intervals;

  @Option(
      names = "--figure",
      paramLabel = "DIR",
      description =
          "Draw the Čech complex of points in the plane at four radii beside the diagram: growth.svg"
              + " and growth.png in DIR, in the place of earlier ones, with the numbers of the"
              + " points that make and fill the loop that lives longest.")
  @Nullable Path figure;

  @Mixin ThreadOptions threads;

  @Option(names = "--quiet", description = "No progress bars and no remarks.")
  boolean quiet;

  @Override
  public Integer call() throws IOException {
    Filtration filtration = usage(() -> filtrations.filtration(threads.count()));
    Approximation approximation = usage(() -> new Approximation(landmarks, epsilon));
    if (figure != null) {
      InputPath.requireLocal(figure);
    }
    DistanceFile.Format rows = usage(() -> DistanceFile.Format.of(format));
    requireMetric();
    DistanceFile input = DistanceFile.read(file, rows);
    PrintWriter out = command.commandLine().getOut();
    try {
      Approximation.Taken taken = approximation.of(measured(input), this::tell);
      if (figure != null && taken.points() instanceof DistanceFile.Points(var cloud, _)) {
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
    if (filtrations.isCech() && metric != Metric.EUCLIDEAN) {
      throw new ParameterException(
          command.commandLine(), "--complex cech is of Euclidean balls; not with --metric");
    }
    if (filtrations.isCech() && epsilon != null) {
      throw new ParameterException(
          command.commandLine(),
          "--sparse is of --complex rips; Čech complexes need all distances");
    }
    if (figure != null && (!filtrations.isCech() || !format.equals("points"))) {
      throw new ParameterException(
          command.commandLine(), "--figure is of --complex cech and of points");
    }
    if (metric == Metric.COSINE && (landmarks != null || epsilon != null)) {
      throw new ParameterException(
          command.commandLine(),
          "--landmarks and --sparse need the triangle inequality, which cosine distance breaks");
    }
  }

  private void draw(Filtration filtration, Approximation.Taken taken) throws IOException {
    if (figure != null && taken.points() instanceof DistanceFile.Points(var cloud, _)) {
      List<Representative> classes = filtration.representatives(cloud.distances(threads.count()));
      GrowthFigure.write(figure, cloud, classes, taken.rows(), ProgressBars.unless(quiet));
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

  private String text(Filtration asked, Approximation.Taken taken) {
    Filtration filtration = feasible(asked, taken.points());
    try (ColumnBars bars = new ColumnBars(ProgressBars.unless(quiet))) {
      return switch (taken.points()) {
        case DistanceFile.Points(var cloud, var by) ->
            text(filtration, cloud.distances(by, threads.count()), taken.rows(), bars);
        case DistanceFile.Matrix(var distances) -> text(filtration, distances, taken.rows(), bars);
        case DistanceFile.Sparse(var distances) -> text(filtration, distances, taken.rows(), bars);
      };
    }
  }

  private String text(
      Filtration filtration, DistanceMatrix distances, IntUnaryOperator rows, ColumnBars bars) {
    announce(filtration.cost(distances));
    return intervals.text(filtration, distances, rows, bars);
  }

  private String text(
      Filtration filtration, SparseDistances distances, IntUnaryOperator rows, ColumnBars bars) {
    if (!(filtration instanceof VietorisRips rips)) {
      throw new ParameterException(
          command.commandLine(), "Čech complexes need all distances, not some");
    }
    announce(rips.cost(distances));
    return intervals.text(rips, distances, rows, bars);
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
