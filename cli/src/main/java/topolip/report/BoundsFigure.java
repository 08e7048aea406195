package topolip.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lipschitz bounds against what is found, layer by layer, one panel a model.
public final class BoundsFigure {
  private static final String TITLE = "Lipschitz constants from the image to each layer";

  private BoundsFigure() {}

  /// @param place of the layer
  /// @param log10 of the constant; null where it is infinite or 0, which is not drawn
  public record Point(String model, int place, String series, @Nullable Double log10) {}

  /// Writes `figures/bounds.svg` and `figures/bounds.png`.
  public static void write(Path folder, List<Point> points) throws IOException {
    ObjectNode spec = Charts.template("bounds");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    for (Point point : points) {
      if (point.log10 != null) {
        rows.addObject()
            .put("model", point.model)
            .put("place", point.place)
            .put("series", point.series)
            .put("log10", point.log10);
      }
    }
    Path figures = Files.createDirectories(folder.resolve("figures"));
    try (VegaRenderer renderer = new VegaRenderer()) {
      String svg = renderer.svg(Charts.finished(spec, TITLE));
      Files.writeString(figures.resolve("bounds.svg"), svg);
      Png.write(svg, figures.resolve("bounds.png"));
    }
  }
}
