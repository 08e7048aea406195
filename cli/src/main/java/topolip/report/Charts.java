package topolip.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topolip.profile.ModelProfile;
import topolip.profile.Series;
import topolip.profile.Series.Estimates;

/// The figures of a report, from the templates beside this class.
final class Charts {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<ModelProfile> models;
  private final JsonNode palette;

  Charts(List<ModelProfile> models) throws IOException {
    this.models = models;
    this.palette = palette();
  }

  /// The colours that Vega-Lite gives categories, in order.
  static JsonNode palette() throws IOException {
    return config().at("/range/category");
  }

  private static JsonNode config() throws IOException {
    return JSON.readTree(VegaRenderer.resource("config.json"));
  }

  List<Chart> all(DiagramRows diagrams) throws IOException {
    List<Chart> charts = new ArrayList<>();
    charts.add(
        series(
            "rate",
            "Absolute change rate",
            "|W(l+1) − W(l)| / W(l)",
            "How much the distance changes from one layer to the next, relative to itself.",
            Series::rate,
            false));
    charts.add(
        series(
            "cumulative",
            "Cumulative absolute change rate",
            "sum of rates",
            "The rates added up along the layers.",
            Series::cumulative,
            false));
    charts.add(
        series(
            "distance",
            "Wasserstein distance",
            "W(l)",
            "Distances of diagrams along the layers, on a logarithmic axis; zeros are not drawn.",
            Series::distance,
            true));
    if (models.stream().anyMatch(Charts::isPaired)) {
      charts.add(
          series(
              "quotient",
              "Quotients of distances",
              "W(l+1) / W(l)",
              "Below 1 a layer brings the perturbed samples' shape closer to the clean one's.",
              Series::quotient,
              true));
    }
    charts.add(accuracies());
    charts.add(measures());
    charts.add(scales());
    for (ModelProfile model : models) {
      charts.add(diagrams.chart(model, charts.size()));
    }
    // Without a defined rate, as with two layers or equal diagrams, there is nothing to draw.
    return charts.stream().filter(chart -> !chart.isEmpty()).toList();
  }

  private static boolean isPaired(ModelProfile model) {
    return model.degrees().values().stream().anyMatch(d -> d.raw().quotient() != null);
  }

  private Chart series(
      String name,
      String title,
      String axis,
      String meaning,
      Function<Series, @Nullable Estimates> values,
      boolean logarithmic)
      throws IOException {
    ObjectNode spec = template("series");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    for (ModelProfile model : models) {
      model
          .degrees()
          .forEach((degree, profile) -> {
            add(rows, model, degree, "raw", values.apply(profile.raw()), logarithmic);
            add(rows, model, degree, "scale-free", values.apply(profile.scaleFree()), logarithmic);
          });
    }
    putModels(spec.withObject("/spec/layer/2/encoding"));
    for (int layer = 0; layer < 3; layer++) {
      ObjectNode y = spec.withObject("/spec/layer/" + layer + "/encoding/y");
      y.put("title", axis);
      if (logarithmic) {
        y.putObject("scale").put("type", "log");
      }
    }
    if (logarithmic) {
      spec.withObject("/spec/layer/0/encoding/y").put("field", "bottom");
      closeBands(rows);
    }
    String caption =
        meaning
            + " Bands are 95 % intervals over subsamples; undefined values leave gaps."
            + (logarithmic ? " Bands that reach zero end at the least number of their panel." : "");
    return new Chart(name, title, caption, finished(spec, title), !hasValues(rows));
  }

  private void add(
      ArrayNode rows,
      ModelProfile model,
      String degree,
      String scaling,
      @Nullable Estimates estimates,
      boolean positive) {
    if (estimates == null) {
      return;
    }
    for (int l = 0; l < estimates.size(); l++) {
      Series.Estimate estimate = estimates.get(l);
      ObjectNode row = rows.addObject();
      row.put("model", model.name());
      row.put("colour", colour(model));
      row.put("position", l);
      row.put("name", model.layers().get(l).name());
      row.put("degree", degree.equals("union") ? "degrees together" : "degree " + degree);
      row.put("scaling", scaling);
      row.put("value", drawn(estimate.value(), positive));
      row.put("low", estimate.low());
      if (positive) {
        row.put("bottom", drawn(estimate.low(), true));
      }
      row.put("high", drawn(estimate.high(), positive));
    }
  }

  /// A band that reaches zero on a logarithmic axis ends at the least number of its panel.
  private static void closeBands(ArrayNode rows) {
    Map<String, Double> least = new HashMap<>();
    for (JsonNode row : rows) {
      for (String end : List.of("value", "bottom", "high")) {
        if (row.get(end).isNumber()) {
          least.merge(panel(row), row.get(end).asDouble(), Math::min);
        }
      }
    }
    for (JsonNode row : rows) {
      if (row.get("low").isNumber() && row.get("bottom").isNull() && row.get("high").isNumber()) {
        ((ObjectNode) row).put("bottom", least.get(panel(row)));
      }
    }
  }

  private static String panel(JsonNode row) {
    return row.get("degree").asString() + row.get("scaling").asString();
  }

  /// The colour that Vega-Lite gives the model in the legend: lines and bands have none of their
  /// own, so that the legend shows points.
  private String colour(ModelProfile model) {
    return palette.get(models.indexOf(model) % palette.size()).asString();
  }

  /// The same model has the same colour and mark in every figure, even where it has no values.
  private void putModels(ObjectNode encoding) {
    for (String channel : List.of("color", "shape")) {
      ArrayNode names = encoding.withObject("/" + channel + "/scale").putArray("domain");
      models.forEach(model -> names.add(model.name()));
    }
  }

  /// A logarithmic axis has no place for zero.
  private static @Nullable Double drawn(@Nullable Double value, boolean positive) {
    return value != null && positive && value <= 0 ? null : value;
  }

  private Chart accuracies() throws IOException {
    AccuracyRows rows = new AccuracyRows();
    for (ModelProfile model : models) {
      for (ModelProfile.Under under : model.under()) {
        rows.add(model.name(), "clean", under.clean().share());
        rows.add(model.name(), under.perturbation(), under.accuracy().share());
      }
    }
    return rows.chart("Accuracy on the samples, as they are and perturbed or attacked.");
  }

  private Chart measures() throws IOException {
    ObjectNode spec = template("measures");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    for (ModelProfile model : models) {
      model
          .measures()
          .forEach((measure, values) -> {
            for (int l = 0; l < values.size(); l++) {
              rows.addObject()
                  .put("model", model.name())
                  .put("position", l)
                  .put("name", model.layers().get(l).name())
                  .put("measure", measure)
                  .put("value", values.get(l));
            }
          });
    }
    ArrayNode names = spec.withObject("/spec/encoding/color/scale").putArray("domain");
    models.forEach(model -> names.add(model.name()));
    String title = "Other measures";
    return new Chart(
        "measures",
        title,
        "What was asked for besides, layer by layer; what compares two neighbouring layers stands at"
            + " the first of them.",
        finished(spec, title),
        !hasValues(rows));
  }

  private Chart scales() throws IOException {
    ObjectNode spec = template("scales");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    for (ModelProfile model : models) {
      for (int l = 0; l < model.layers().size(); l++) {
        rows.addObject()
            .put("model", model.name())
            .put("colour", colour(model))
            .put("position", l)
            .put("name", model.layers().get(l).name())
            .put("value", model.layers().get(l).scale());
      }
    }
    putModels(spec.withObject("/layer/1/encoding"));
    String title = "Scale of the activations";
    return new Chart(
        "scale",
        title,
        "Median pairwise distance of each layer's cloud, by which the scale-free series divides.",
        finished(spec, title),
        !hasValues(rows));
  }

  /// Whether there is anything to draw.
  static boolean hasValues(ArrayNode rows) {
    return rows.valueStream().anyMatch(row -> row.get("value").isNumber());
  }

  static ObjectNode template(String name) throws IOException {
    return (ObjectNode) JSON.readTree(VegaRenderer.resource(name + ".vl.json"));
  }

  static String finished(ObjectNode spec, String title) throws IOException {
    spec.put("title", title);
    spec.set("config", config());
    return JSON.writeValueAsString(spec);
  }
}
