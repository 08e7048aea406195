package topolip.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topolip.profile.ModelProfile;
import topolip.report.RunData.Interval;
import topolip.report.RunData.LayerKey;

/// Draws persistence diagrams, layer by layer: of a deep network some layers, of a large diagram
/// its most persistent points. What is left out is said in the caption.
final class DiagramRows {
  private static final int MOST_LAYERS = 8;
  private static final int MOST_POINTS = 150;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_TITLE = 26;

  private final Map<LayerKey, List<Interval>> intervals;

  DiagramRows(Map<LayerKey, List<Interval>> intervals) {
    this.intervals = intervals;
  }

  Chart chart(ModelProfile model, int number) throws IOException {
    ObjectNode spec = Charts.template("diagrams");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    List<Integer> shown = shownLayers(model.layers().size());
    for (int l : shown) {
      addLayer(rows, model, l);
    }
    String title = "Persistence diagrams: " + model.name();
    String caption =
        "%d of %d layers; in each, up to %d of the most persistent points a degree. Triangles at the"
                .formatted(shown.size(), model.layers().size(), MOST_POINTS)
            + " top are classes that never die. All points are in diagrams.csv.";
    return new Chart(
        "%02d-diagrams-%s".formatted(number, fileName(model.name())),
        title,
        caption,
        Charts.finished(spec, title),
        rows.isEmpty());
  }

  private static String fileName(String model) {
    String plain = model.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
    return plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
  }

  /// Evenly spread, the first and the last among them.
  private static List<Integer> shownLayers(int count) {
    List<Integer> shown = new ArrayList<>();
    int wanted = Math.min(count, MOST_LAYERS);
    for (int i = 0; i < wanted; i++) {
      shown.add((int) Math.round((double) i * (count - 1) / Math.max(1, wanted - 1)));
    }
    return shown;
  }

  private void addLayer(ArrayNode rows, ModelProfile model, int l) {
    ModelProfile.Layer layer = model.layers().get(l);
    String facet = l + "  " + shortened(layer.name());
    List<Interval> all =
        intervals.getOrDefault(new LayerKey(model.name(), layer.index()), List.of());
    double top =
        all.stream()
            .mapToDouble(i -> Double.isInfinite(i.death()) ? i.birth() : i.death())
            .max()
            .orElse(1);
    row(rows, l, facet, "diagonal", "", 0, 0);
    row(rows, l, facet, "diagonal", "", top, top);
    Map<Integer, List<Interval>> byDegree =
        all.stream()
            .collect(Collectors.groupingBy(Interval::degree, TreeMap::new, Collectors.toList()));
    byDegree.forEach((degree, points) -> {
      points.stream()
          .sorted(Comparator.comparingDouble(i -> i.birth() - i.death()))
          .limit(MOST_POINTS)
          .forEach(i -> {
            boolean essential = Double.isInfinite(i.death());
            row(
                rows,
                l,
                facet,
                essential ? "essential" : "interval",
                "degree " + degree,
                i.birth(),
                essential ? 1.08 * top : i.death());
          });
    });
  }

  /// The end of a name tells layers apart.
  private static String shortened(String name) {
    return name.length() <= LONGEST_TITLE
        ? name
        : "…" + name.substring(name.length() - LONGEST_TITLE + 1);
  }

  private static void row(
      ArrayNode rows,
      int position,
      String layer,
      String kind,
      String degree,
      double birth,
      double death) {
    rows.addObject()
        .put("position", position)
        .put("layer", layer)
        .put("kind", kind)
        .put("degree", degree)
        .put("birth", birth)
        .put("death", death);
  }
}
