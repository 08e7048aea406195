package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import topolip.diagram.Bottleneck;
import topolip.diagram.DistanceBounds;
import topolip.diagram.GroundNorm;
import topolip.diagram.SlicedWasserstein;
import topolip.diagram.Wasserstein;
import topolip.homology.PersistenceDiagram;

/// `topolip distance`.
@Command(
    name = "distance",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "The distance of two persistence diagrams, degree by degree, as CSV degree,distance."
          + " Essential classes are matched among themselves; unequal numbers of them are"
          + " infinitely far apart.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip homology a.csv > a.dgm && topolip homology b.csv > b.dgm && topolip distance a.dgm"
          + " b.dgm",
      "  topolip distance a.dgm b.dgm --order 2 --ground l2 --degree 1",
      "  topolip distance a.dgm ripser.txt --type bottleneck"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DistanceCommand implements Callable<Integer> {
  /// The distances, as written on the command line.
  enum Type {
    WASSERSTEIN,
    BOTTLENECK,
    SLICED
  }

  /// The norms of the birth-death plane, as written on the command line.
  enum Ground {
    LINF(GroundNorm.L_INFINITY),
    L2(GroundNorm.L_2),
    L1(GroundNorm.L_1),
    ORDER(GroundNorm.L_ORDER);

    final GroundNorm norm;

    Ground(GroundNorm norm) {
      this.norm = norm;
    }
  }

  @Spec CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description =
          "A diagram: rows degree,birth,death or birth,death (text or .npy), or Ripser's or"
              + " GUDHI's output.")
  Path first;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  Path second;

  @Option(
      names = "--type",
      paramLabel = "T",
      defaultValue = "wasserstein",
      description =
          "wasserstein, bottleneck (both exact), or sliced, the mean over --directions of"
              + " distances on a line (default: ${DEFAULT-VALUE}).")
  Type type;

  @Option(
      names = "--order",
      paramLabel = "P",
      defaultValue = "1",
      description = "Order of the Wasserstein distance, at least 1 (default: ${DEFAULT-VALUE}).")
  double order;

  @Option(
      names = "--ground",
      paramLabel = "N",
      defaultValue = "linf",
      description =
          "Ground norm of the birth-death plane in it: linf, l2, l1 or order (default:"
              + " ${DEFAULT-VALUE}).")
  Ground ground;

  @Option(
      names = "--directions",
      paramLabel = "N",
      defaultValue = "100",
      description = "Directions of the sliced distance (default: ${DEFAULT-VALUE}).")
  int directions;

  @Option(
      names = "--relative-error",
      paramLabel = "E",
      description =
          "Stop when the Wasserstein distance is known to this relative error; adds a"
              + " column lower_bound that proves it (default: exact).")
  @Nullable Double relativeError;

  @Option(
      names = "--degree",
      paramLabel = "K",
      description =
          "Only this degree, also that of rows that name none (default: all in either"
              + " file; 0 for rows that name none).")
  @Nullable Integer degree;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  private record Row(int degree, @Nullable Double distance, @Nullable Double lowerBound) {}

  private record Rows(int schemaVersion, String type, List<Row> distances) {}

  @Override
  public Integer call() throws IOException {
    Wasserstein metric = metric();
    int unnamed = degree == null ? 0 : degree;
    Map<Integer, PersistenceDiagram> a = DiagramFile.read(first, unnamed);
    Map<Integer, PersistenceDiagram> b = DiagramFile.read(second, unnamed);
    warn(a, b);
    List<Row> rows = new ArrayList<>();
    for (int k : degrees(a, b)) {
      DistanceBounds bounds = bounds(metric, of(a, k), of(b, k));
      rows.add(new Row(k, bounds.distance(), relativeError == null ? null : bounds.lowerBound()));
    }
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? json(rows) : csv(rows));
    out.flush();
    return 0;
  }

  private Wasserstein metric() {
    requireOf(Type.WASSERSTEIN, "--order");
    requireOf(Type.WASSERSTEIN, "--ground");
    requireOf(Type.SLICED, "--directions");
    if (directions < 1) {
      throw new ParameterException(
          command.commandLine(), "--directions must be at least 1: " + directions);
    }
    if (degree != null && degree < 0) {
      throw new ParameterException(command.commandLine(), "--degree must be at least 0: " + degree);
    }
    if (relativeError != null
        && (type != Type.WASSERSTEIN || !(relativeError >= 0 && relativeError < 1))) {
      throw new ParameterException(
          command.commandLine(),
          "--relative-error goes with --type wasserstein and is below 1: " + relativeError);
    }
    try {
      return new Wasserstein(order, ground.norm);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /// An option that has no effect is not what the user means.
  private void requireOf(Type only, String option) {
    if (type != only && command.commandLine().getParseResult().hasMatchedOption(option)) {
      throw new ParameterException(
          command.commandLine(),
          "%s is of --type %s".formatted(option, only.name().toLowerCase(Locale.ROOT)));
    }
  }

  /// A file does not tell a diagram without points from one that was not computed.
  private void warn(Map<Integer, PersistenceDiagram> a, Map<Integer, PersistenceDiagram> b) {
    PrintWriter err = command.commandLine().getErr();
    if (a.isEmpty() || b.isEmpty()) {
      err.printf("%s has no intervals: taken as an empty diagram%n", a.isEmpty() ? first : second);
    } else if (degree != null && !a.containsKey(degree) && !b.containsKey(degree)) {
      err.printf(
          "neither file has intervals of degree %d; %s has %s, %s has %s: taken as empty diagrams%n",
          degree, first, a.keySet(), second, b.keySet());
    }
  }

  private Set<Integer> degrees(
      Map<Integer, PersistenceDiagram> a, Map<Integer, PersistenceDiagram> b) {
    if (degree != null) {
      return Set.of(degree);
    }
    TreeSet<Integer> degrees = new TreeSet<>(a.keySet());
    degrees.addAll(b.keySet());
    return degrees;
  }

  private DistanceBounds bounds(Wasserstein metric, PersistenceDiagram a, PersistenceDiagram b) {
    return switch (type) {
      case WASSERSTEIN -> metric.bounds(a, b, relativeError == null ? 0 : relativeError);
      case BOTTLENECK -> exact(new Bottleneck().distance(a, b));
      case SLICED -> exact(new SlicedWasserstein(directions).distance(a, b));
    };
  }

  private static DistanceBounds exact(double distance) {
    return new DistanceBounds(distance, distance);
  }

  private static PersistenceDiagram of(Map<Integer, PersistenceDiagram> diagrams, int degree) {
    PersistenceDiagram diagram = diagrams.get(degree);
    return diagram == null ? PersistenceDiagram.of(degree, new double[0], new double[0]) : diagram;
  }

  private String csv(List<Row> rows) {
    String header = relativeError == null ? "degree,distance\n" : "degree,distance,lower_bound\n";
    return rows.stream()
        .map(row ->
            row.degree()
                + ","
                + text(row.distance())
                + (relativeError == null ? "" : "," + text(row.lowerBound()))
                + "\n")
        .collect(Collectors.joining("", header, ""));
  }

  private static String text(@Nullable Double value) {
    return value == null || value.isInfinite() ? "inf" : value.toString();
  }

  /// Infinite distances are null, as JSON has no other word.
  private String json(List<Row> rows) {
    List<Row> finite =
        rows.stream()
            .map(row -> new Row(row.degree(), finite(row.distance()), finite(row.lowerBound())))
            .toList();
    return JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(new Rows(1, type.name().toLowerCase(Locale.ROOT), finite))
        + "\n";
  }

  private static @Nullable Double finite(@Nullable Double value) {
    return value == null || value.isInfinite() ? null : value;
  }
}
