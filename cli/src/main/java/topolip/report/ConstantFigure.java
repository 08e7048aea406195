package topolip.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The figure of how constants of a theorem move with each of its parameters.
public final class ConstantFigure {
  private ConstantFigure() {}

  /// A point of the figure.
  ///
  /// @param parameter that is moved, the others staying
  /// @param value of it, positive
  /// @param bound whose constant it is
  /// @param log10 of the constant; null where it has none, which is not drawn
  /// @param hypotheses whether all hold there: marks are filled
  public record Point(
      String parameter, double value, String bound, @Nullable Double log10, boolean hypotheses) {}

  /// Writes `figures/constants.svg` and `.png` into a folder.
  public static void write(Path folder, String title, List<Point> points) throws IOException {
    ObjectNode spec = Charts.template("constants");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    for (Point point : points) {
      rows.addObject()
          .put("parameter", point.parameter())
          .put("value", point.value())
          .put("bound", point.bound())
          .put("log10", point.log10())
          .put("hypotheses", point.hypotheses());
    }
    Path figures = Files.createDirectories(folder.resolve("figures"));
    try (VegaRenderer renderer = new VegaRenderer()) {
      String svg = renderer.svg(Charts.finished(spec, title));
      Files.writeString(figures.resolve("constants.svg"), svg);
      Png.write(svg, figures.resolve("constants.png"));
    }
  }
}
