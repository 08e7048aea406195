package topolip.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topolip.profile.ModelProfile.DegreeProfile;
import topolip.profile.Series;
import topolip.profile.Series.Estimate;
import topolip.profile.Series.Estimates;
import topolip.study.StudyResult;
import topolip.study.StudyResult.Association;
import topolip.study.StudyResult.Trained;
import topolip.study.StudyRun.Profiled;

/// The figures of a study, from the templates beside this class.
final class StudyCharts {
  private static final String HEADLINE = "adjacent union scale-free mean";

  private final StudyResult result;
  private final List<Profiled> profiles;
  private final List<String> networks;
  private final JsonNode palette;

  StudyCharts(StudyResult result, List<Profiled> profiles) throws IOException {
    this.result = result;
    this.profiles = profiles;
    this.palette = Charts.palette();
    this.networks = profiles.stream().map(Profiled::network).distinct().toList();
  }

  List<Chart> all() throws IOException {
    List<Chart> charts = new ArrayList<>();
    charts.add(series("rate", "Absolute change rate", "|W(l+1) − W(l)| / W(l)", Series::rate));
    charts.add(
        series(
            "cumulative", "Cumulative absolute change rate", "sum of rates", Series::cumulative));
    charts.add(accuracies());
    charts.add(scatter());
    charts.add(correlations());
    return charts.stream().filter(chart -> !chart.isEmpty()).toList();
  }

  /// A line a network: the mean over seeds; its band reaches from the lowest to the highest limit
  /// of the seeds' own intervals.
  private Chart series(String name, String title, String axis, Function<Series, Estimates> values)
      throws IOException {
    ObjectNode spec = Charts.template("series");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    Map<String, List<Profiled>> together =
        profiles.stream()
            .collect(
                Collectors.groupingBy(
                    p -> (p.trained() ? "trained " : "untrained ") + p.network(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    for (List<Profiled> seeds : together.values()) {
      for (String degree : seeds.getFirst().profile().degrees().keySet()) {
        add(rows, seeds, degree, "raw", d -> values.apply(d.raw()));
        add(rows, seeds, degree, "scale-free", d -> values.apply(d.scaleFree()));
      }
    }
    for (String channel : List.of("color", "shape")) {
      ArrayNode names =
          spec.withObject("/spec/layer/2/encoding/" + channel + "/scale").putArray("domain");
      networks.forEach(names::add);
    }
    for (int layer = 0; layer < 3; layer++) {
      spec.withObject("/spec/layer/" + layer + "/encoding/y").put("title", axis);
    }
    return new Chart(
        name,
        title,
        "Means over the seeds; bands reach from the lowest to the highest limit of the seeds’ 95 %"
            + " intervals over subsamples. Undefined values leave gaps.",
        Charts.finished(spec, title),
        !Charts.hasValues(rows));
  }

  private void add(
      ArrayNode rows,
      List<Profiled> seeds,
      String degree,
      String scaling,
      Function<DegreeProfile, Estimates> values) {
    List<Estimates> series =
        seeds.stream()
            .map(p -> values.apply(Objects.requireNonNull(p.profile().degrees().get(degree))))
            .toList();
    Profiled first = seeds.getFirst();
    for (int l = 0; l < series.getFirst().size(); l++) {
      int layer = l;
      List<Estimate> estimates = series.stream().map(s -> s.get(layer)).toList();
      boolean defined = estimates.stream().allMatch(e -> e.value() != null);
      rows.addObject()
          .put("model", first.network())
          .put("colour", colour(first.network()))
          .put("position", l)
          .put("name", first.profile().layers().get(l).name())
          .put("degree", degree.equals("union") ? "degrees together" : "degree " + degree)
          .put("scaling", scaling + (first.trained() ? ", trained" : ", untrained"))
          .put("value", defined ? mean(estimates) : null)
          .put("low", defined ? extreme(estimates, Estimate::low, Comparator.naturalOrder()) : null)
          .put(
              "high",
              defined ? extreme(estimates, Estimate::high, Comparator.reverseOrder()) : null);
    }
  }

  private static Double mean(List<Estimate> estimates) {
    return estimates.stream()
        .mapToDouble(estimate -> Objects.requireNonNull(estimate.value()))
        .average()
        .orElseThrow();
  }

  private static @Nullable Double extreme(
      List<Estimate> estimates,
      Function<Estimate, @Nullable Double> limit,
      Comparator<Double> order) {
    return estimates.stream().map(limit).filter(Objects::nonNull).min(order).orElse(null);
  }

  private String colour(String network) {
    return palette.get(networks.indexOf(network) % palette.size()).asString();
  }

  private Chart accuracies() throws IOException {
    AccuracyRows rows = new AccuracyRows();
    for (Trained network : result.networks()) {
      if (network.accuracy() != null) {
        rows.add(network.network(), "clean", network.accuracy().share());
      }
      network.accuracies().forEach((name, share) -> rows.add(network.network(), name, share));
    }
    return rows.chart(
        "One point a trained network; those of one network and different seeds share a colour.");
  }

  private Chart scatter() throws IOException {
    ObjectNode spec = Charts.template("scatter");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    // Facets that wrap are sorted by name unless told otherwise.
    ArrayNode order = spec.withObject("/facet").putArray("sort");
    result.networks().stream()
        .flatMap(network -> network.losses().keySet().stream())
        .distinct()
        .forEach(order::add);
    for (Trained network : result.networks()) {
      Double topolip = network.measures().get(HEADLINE);
      if (topolip != null) {
        network
            .losses()
            .forEach((loss, value) ->
                rows.addObject()
                    .put("network", network.network())
                    .put("family", network.family())
                    .put("seed", network.seed())
                    .put("loss", loss)
                    .put("topolip", topolip)
                    .put("lost", value));
      }
    }
    String title = "TopoLip and the accuracy lost";
    return new Chart(
        "topolip-loss",
        title,
        "One point a trained network: scale-free TopoLip (adjacent, all degrees together) against the"
            + " clean minus the perturbed accuracy.",
        Charts.finished(spec, title),
        rows.isEmpty());
  }

  private Chart correlations() throws IOException {
    ObjectNode spec = Charts.template("correlations");
    ArrayNode rows = spec.withObject("/data").putArray("values");
    for (Association a : result.associations()) {
      if (a.among().equals("all") || a.among().equals("within families")) {
        rows.addObject()
            .put("measure", a.measure())
            .put("loss", a.loss())
            .put("among", a.among())
            .put("rho", a.spearman())
            .put("p", a.p())
            .put("corrected", a.familyWise());
      }
    }
    String title = "Correlation of measures with the accuracy lost";
    return new Chart(
        "correlations",
        title,
        "Spearman’s ρ over networks, means over their seeds. A black frame: corrected p at most 0.05.",
        Charts.finished(spec, title),
        rows.isEmpty());
  }
}
