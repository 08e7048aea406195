package topolip.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topolip.engine.Progress;
import topolip.geometry.PointCloud;
import topolip.homology.Representative;

/// The Čech complex of points in the plane as it grows, beside its persistence diagram.
public final class GrowthFigure {
  private static final String TITLE = "A Čech complex as it grows, and its persistence diagram";
  private static final int MOST_POINTS = 200;

  /// Pixels of a panel's side, as in the template.
  private static final double SIDE = 220;

  /// Around the points, as a share of their extent, twice on either side.
  private static final double MARGIN = 0.08;

  /// So that roundings do not hide the simplex that closes or fills a loop.
  private static final double JUST_AFTER = 1 + 1e-9;

  private final CechComplexInPlane complex;
  private final List<Representative> classes;
  private final IntUnaryOperator names;

  private GrowthFigure(PointCloud points, List<Representative> classes, IntUnaryOperator names) {
    this.complex = new CechComplexInPlane(points);
    this.classes = classes;
    this.names = names;
  }

  /// Says what cannot be drawn before anything is computed.
  ///
  /// @throws IllegalArgumentException if there are more than 200 points, or of another dimension
  ///   than 2
  public static void requireDrawable(PointCloud points) {
    if (points.size() > MOST_POINTS) {
      throw new IllegalArgumentException(
          "a complex is drawn of at most %d points, not of %d"
              .formatted(MOST_POINTS, points.size()));
    }
    new CechComplexInPlane(points);
  }

  /// Writes `growth.svg` and `growth.png`, in the place of earlier ones.
  ///
  /// @param points in the plane, at most 200
  /// @param classes of their Čech filtration; the points that make and fill the loop that lives
  ///   longest are named where it is born and where it dies
  /// @param names the number that is shown for each point
  /// @throws IllegalArgumentException if there are more points, or of another dimension
  public static void write(
      Path folder,
      PointCloud points,
      List<Representative> classes,
      IntUnaryOperator names,
      Progress progress)
      throws IOException {
    requireDrawable(points);
    GrowthFigure figure = new GrowthFigure(points, classes, names);
    Files.createDirectories(folder);
    Path svgAside = folder.resolve(".growth.svg.partial");
    Path pngAside = folder.resolve(".growth.png.partial");
    try (Progress.Stage stage = progress.begin("figure", 2);
        VegaRenderer renderer = new VegaRenderer()) {
      String svg = renderer.svg(Charts.finished(figure.spec(), TITLE));
      Files.writeString(svgAside, svg);
      stage.step(1);
      Png.write(svg, pngAside);
      stage.step(1);
      replace(svgAside, folder.resolve("growth.svg"));
      replace(pngAside, folder.resolve("growth.png"));
    } finally {
      Files.deleteIfExists(svgAside);
      Files.deleteIfExists(pngAside);
    }
  }

  private static void replace(Path aside, Path file) throws IOException {
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Four radii: half the birth, the birth, the middle of the life and the death of the loop that
  /// lives longest; quarters of the last death of a component where there is no loop.
  static List<Double> radii(List<Representative> classes) {
    Optional<Representative> loop = longestLoop(classes);
    if (loop.isPresent()) {
      double birth = loop.get().birth();
      double death = loop.get().death();
      return List.of(birth / 2, birth * JUST_AFTER, (birth + death) / 2, death * JUST_AFTER);
    }
    double death =
        classes.stream()
            .filter(c -> c.degree() == 0 && !isEssential(c))
            .mapToDouble(Representative::death)
            .max()
            .orElse(0);
    return List.of(death / 4, death / 2, 3 * death / 4, death * JUST_AFTER);
  }

  private static Optional<Representative> longestLoop(List<Representative> classes) {
    return classes.stream()
        .filter(c -> c.degree() == 1 && !isEssential(c))
        .max(Comparator.comparingDouble(c -> c.death() - c.birth()));
  }

  private static boolean isEssential(Representative c) {
    return c.death() == Double.POSITIVE_INFINITY;
  }

  private ObjectNode spec() throws IOException {
    ObjectNode spec = Charts.template("growth");
    double[] frame = frame();
    ArrayNode rows = spec.withObject("/hconcat/0/data").putArray("values");
    List<Double> radii = radii(classes);
    radii.forEach(radius -> addPanel(rows, radius, frame[2]));
    longestLoop(classes)
        .ifPresent(loop -> {
          addNames(rows, radii.get(1), loop.birthSimplex());
          addNames(rows, radii.get(3), loop.deathSimplex());
        });
    for (int layer = 0; layer < spec.at("/hconcat/0/spec/layer").size(); layer++) {
      String encoding = "/hconcat/0/spec/layer/" + layer + "/encoding";
      domain(spec, encoding + "/x", frame[0], frame[2]);
      domain(spec, encoding + "/y", frame[1], frame[2]);
    }
    addDiagram(spec.withObject("/hconcat/1/data").putArray("values"), radii);
    return spec;
  }

  private static void domain(ObjectNode spec, String channel, double from, double side) {
    spec.withObject(channel + "/scale").putArray("domain").add(from).add(from + side);
  }

  /// The square that is drawn: its left, its bottom, its side.
  private double[] frame() {
    double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] most = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < complex.points().size(); i++) {
      for (int k = 0; k < 2; k++) {
        least[k] = Math.min(least[k], complex.points().coordinate(i, k));
        most[k] = Math.max(most[k], complex.points().coordinate(i, k));
      }
    }
    double extent = Math.max(most[0] - least[0], most[1] - least[1]);
    double side = (1 + 4 * MARGIN) * (extent > 0 ? extent : 1);
    return new double[] {(least[0] + most[0] - side) / 2, (least[1] + most[1] - side) / 2, side};
  }

  private static String panel(double radius) {
    return String.format(Locale.ROOT, "radius %.3g", radius);
  }

  private void addNames(ArrayNode rows, double radius, List<Integer> simplex) {
    for (int vertex : simplex) {
      row(rows, panel(radius), "name", vertex, vertex)
          .put("name", String.valueOf(names.applyAsInt(vertex)));
    }
  }

  private void addPanel(ArrayNode rows, double radius, double side) {
    String panel = panel(radius);
    double pixels = 2 * radius / side * SIDE;
    for (int i = 0; i < complex.points().size(); i++) {
      row(rows, panel, "point", i, i).put("size", pixels * pixels * Math.PI / 4);
    }
    int simplex = 0;
    for (int[] triangle : complex.triangles(radius)) {
      addSimplex(rows, panel, "triangle", simplex++, triangle);
    }
    for (int[] edge : complex.edges(radius)) {
      addSimplex(rows, panel, "edge", simplex++, edge);
    }
  }

  private void addSimplex(ArrayNode rows, String panel, String kind, int simplex, int[] of) {
    for (int vertex : of) {
      row(rows, panel, kind, simplex, vertex);
    }
  }

  private ObjectNode row(ArrayNode rows, String panel, String kind, int simplex, int vertex) {
    return rows.addObject()
        .put("panel", panel)
        .put("kind", kind)
        .put("simplex", simplex)
        .put("x", complex.x(vertex))
        .put("y", complex.y(vertex));
  }

  /// Intervals; the classes that never die stand at the top; a line a radius.
  private void addDiagram(ArrayNode rows, List<Double> radii) {
    double top = radii.getLast();
    for (Representative c : classes) {
      top = isEssential(c) ? top : Math.max(top, c.death());
    }
    double height = 1.1 * top;
    for (Representative c : classes) {
      rows.addObject()
          .put("kind", isEssential(c) ? "essential" : "interval")
          .put("degree", "degree " + c.degree())
          .put("birth", c.birth())
          .put("death", isEssential(c) ? height : c.death());
    }
    for (double end : new double[] {0, height}) {
      rows.addObject().put("kind", "diagonal").put("birth", end).put("death", end);
    }
    radii.forEach(radius -> rows.addObject().put("kind", "radius").put("death", radius));
  }
}
