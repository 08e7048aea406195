package topolip.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topolip.engine.Progress;
import topolip.model.Accuracy;

/// Draws accuracies under attack and under corruptions as `figures/*.svg` and `*.png`.
public final class AccuracyFigures {
  private AccuracyFigures() {}

  /// The accuracy within a radius.
  public record AtRadius(double eps, Accuracy accuracy) {}

  /// Accuracies of one network.
  ///
  /// @param clean without corruption
  /// @param bySeverity by the corruption's name, one a severity, 1 to 5
  public record Corrupted(double clean, Map<String, List<Double>> bySeverity) {

    public Corrupted {
      bySeverity = Map.copyOf(bySeverity);
    }
  }

  /// `figures/accuracy-by-eps`: the accuracy against the radius, a line an attack, with 95 %
  /// intervals.
  ///
  /// @param folder an existing folder
  /// @param curves by the attack's name, each by growing radius
  public static void curves(
      Path folder, String model, String norm, Map<String, List<AtRadius>> curves, Progress progress)
      throws IOException {
    ObjectNode spec = Charts.template("accuracy-by-eps");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    curves.forEach((attack, values) -> {
      for (AtRadius value : values) {
        rows.addObject()
            .put("attack", attack)
            .put("eps", value.eps())
            .put("value", value.accuracy().share())
            .put("low", value.accuracy().low())
            .put("high", value.accuracy().high());
      }
    });
    spec.withObject("/encoding/x").put("title", "radius in " + norm + ", of the pixel range");
    draw(folder, "accuracy-by-eps", spec, "Accuracy of " + model + " under attack", progress);
  }

  /// `figures/accuracy-by-severity`: a panel a corruption, a line a network; at severity 0 the
  /// accuracy without corruption.
  ///
  /// @param folder an existing folder
  /// @param models by their names, all under the same corruptions
  public static void corruptions(Path folder, Map<String, Corrupted> models, Progress progress)
      throws IOException {
    ObjectNode spec = Charts.template("accuracy-by-severity");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    models.forEach((model, accuracies) ->
        new TreeMap<>(accuracies.bySeverity())
            .forEach((corruption, values) -> {
              add(rows, model, corruption, 0, accuracies.clean());
              for (int s = 0; s < values.size(); s++) {
                add(rows, model, corruption, s + 1, values.get(s));
              }
            }));
    draw(folder, "accuracy-by-severity", spec, "Accuracy under common corruptions", progress);
  }

  private static void add(
      ArrayNode rows, String model, String corruption, int severity, double accuracy) {
    rows.addObject()
        .put("model", model)
        .put("corruption", corruption.replace('_', ' '))
        .put("severity", severity)
        .put("value", accuracy);
  }

  private static void draw(
      Path folder, String name, ObjectNode spec, String title, Progress progress)
      throws IOException {
    Path figures = Files.createDirectories(folder.resolve("figures"));
    try (Progress.Stage stage = progress.begin("figure", 2);
        VegaRenderer renderer = new VegaRenderer()) {
      stage.step(1);
      String svg = renderer.svg(Charts.finished(spec, title));
      Files.writeString(figures.resolve(name + ".svg"), svg);
      Png.write(svg, figures.resolve(name + ".png"));
      stage.step(1);
    }
  }
}
