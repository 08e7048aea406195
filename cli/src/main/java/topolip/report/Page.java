package topolip.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import topolip.profile.Comparison;
import topolip.profile.ModelProfile;
import topolip.profile.Provenance;
import topolip.profile.RunResult;
import topolip.profile.Series;

/// The HTML page: what the template is given. Names come from files; the template escapes them.
final class Page {
  private final List<RunResult> runs;
  private final List<ModelProfile> models;
  private final boolean paired;

  Page(List<RunResult> runs) {
    this.runs = runs;
    this.models = runs.stream().flatMap(run -> run.models().stream()).toList();
    this.paired =
        models.stream().anyMatch(model -> model.perturbedAccuracy() != null || hasQuotient(model));
  }

  private static boolean hasQuotient(ModelProfile model) {
    return model.degrees().values().stream().anyMatch(d -> d.raw().quotient() != null);
  }

  String html(List<Chart> charts, List<String> svgs) throws IOException {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put(
        "title",
        "TopoLip: " + models.stream().map(ModelProfile::name).collect(Collectors.joining(", ")));
    page.put("subtitle", subtitle());
    page.put("answer", Answer.of(runs));
    page.put("paired", paired);
    page.put(
        "protocolText",
        paired
            ? "between the diagrams of layer l for clean and for perturbed samples"
            : "between the diagrams of layers l and l+1");
    page.put("networks", models.stream().flatMap(model -> networkRows(model).stream()).toList());
    List<Map<String, Object>> comparisons =
        runs.stream().flatMap(run -> run.comparisons().stream()).map(Page::comparisonRow).toList();
    page.put("perturbations", perturbations());
    page.put("robust", !perturbations().isEmpty());
    page.put("accuracies", models.stream().map(this::accuracyRow).toList());
    page.put("compared", !comparisons.isEmpty());
    page.put("comparisons", comparisons);
    page.put("layerTables", layerTables());
    List<Map<String, Object>> stability = StabilityRows.tables(models);
    page.put("stable", !stability.isEmpty());
    page.put("stability", stability);
    page.put("runs", runs.stream().map(run -> provenance(run.provenance())).toList());
    Figures.addTo(page, charts, svgs);
    return Figures.page("report", page);
  }

  private String subtitle() {
    return runs.stream()
        .map(RunResult::provenance)
        .map(p ->
            (p.data() == null
                    ? "activations from files"
                    : "%d samples of %s, %s"
                        .formatted(p.data().samples(), p.data().source(), p.data().split()))
                + ", TopoLip "
                + p.version()
                + ", "
                + p.started())
        .collect(Collectors.joining("; "));
  }

  private List<Map<String, Object>> networkRows(ModelProfile model) {
    List<Map<String, Object>> rows = new ArrayList<>();
    model
        .degrees()
        .forEach((degree, profile) -> {
          boolean first = rows.isEmpty();
          Series.TopoLip raw = profile.raw().topolip();
          Series.TopoLip free = profile.scaleFree().topolip();
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("name", first ? model.name() : "");
          row.put("parameters", first ? Numbers.count(model.parameters()) : "");
          row.put("accuracy", first ? Numbers.percent(model.accuracy()) : "");
          row.put("accuracyInterval", first ? Numbers.percentInterval(model.accuracy()) : "");
          row.put("clean", first ? Numbers.percent(model.sampleAccuracy()) : "");
          row.put("perturbed", first ? Numbers.percent(model.perturbedAccuracy()) : "");
          row.put("degree", Numbers.degree(degree));
          row.put("mean", Numbers.mean(raw));
          row.put("meanInterval", Numbers.interval(raw.mean()));
          row.put("max", Numbers.number(raw.max().value()));
          row.put("last", Numbers.number(raw.last().value()));
          row.put("freeMean", Numbers.mean(free));
          row.put("freeMeanInterval", Numbers.interval(free.mean()));
          row.put("freeMax", Numbers.number(free.max().value()));
          row.put("freeLast", Numbers.number(free.last().value()));
          Series.Estimate endToEnd = profile.scaleFree().endToEnd();
          row.put("endToEnd", Numbers.number(endToEnd == null ? null : endToEnd.value()));
          rows.add(row);
        });
    return rows;
  }

  private List<String> perturbations() {
    return models.stream()
        .flatMap(model -> model.under().stream())
        .map(ModelProfile.Under::perturbation)
        .distinct()
        .toList();
  }

  private Map<String, Object> accuracyRow(ModelProfile model) {
    List<String> cells = new ArrayList<>();
    for (String perturbation : perturbations()) {
      cells.add(
          model.under().stream()
              .filter(under -> under.perturbation().equals(perturbation))
              .findFirst()
              .map(under ->
                  Numbers.percent(under.accuracy())
                      + " "
                      + Numbers.percentInterval(under.accuracy()))
              .orElse("–"));
    }
    String clean =
        model.under().isEmpty() ? "–" : Numbers.percent(model.under().getFirst().clean());
    return Map.of("name", model.name(), "clean", clean, "cells", cells);
  }

  private static Map<String, Object> comparisonRow(Comparison comparison) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("first", comparison.first());
    row.put("second", comparison.second());
    row.put("degree", Numbers.degree(comparison.degree()));
    row.put("raw", Numbers.number(comparison.raw().value()));
    row.put("rawInterval", Numbers.interval(comparison.raw()));
    row.put("rawVerdict", Numbers.verdict(comparison.raw(), "first", "second"));
    row.put("free", Numbers.number(comparison.scaleFree().value()));
    row.put("freeInterval", Numbers.interval(comparison.scaleFree()));
    row.put("freeVerdict", Numbers.verdict(comparison.scaleFree(), "first", "second"));
    return row;
  }

  private List<Map<String, Object>> layerTables() {
    List<Map<String, Object>> tables = new ArrayList<>();
    for (ModelProfile model : models) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (int l = 0; l < model.layers().size(); l++) {
        rows.add(layerRow(model, l));
      }
      tables.add(
          Map.of(
              "model", model.name(),
              "count", model.layers().size(),
              "first", tables.isEmpty(),
              "degrees", model.degrees().keySet().stream().map(Numbers::degree).toList(),
              "rows", rows));
    }
    return tables;
  }

  private static Map<String, Object> layerRow(ModelProfile model, int l) {
    ModelProfile.Layer layer = model.layers().get(l);
    List<String> values = new ArrayList<>();
    for (ModelProfile.DegreeProfile degree : model.degrees().values()) {
      values.add(cell(degree.raw().distance(), l));
      values.add(cell(degree.raw().rate(), l));
      values.add(cell(degree.scaleFree().distance(), l));
      values.add(cell(degree.scaleFree().rate(), l));
    }
    return Map.of(
        "place", l,
        "index", layer.index(),
        "name", layer.name(),
        "kind", layer.kind(),
        "shape", layer.shape().stream().map(String::valueOf).collect(Collectors.joining("×")),
        "scale", Numbers.number(layer.scale()),
        "perturbedScale", Numbers.number(layer.perturbedScale()),
        "values", values);
  }

  private static String cell(Series.Estimates series, int l) {
    return l < series.size() ? Numbers.number(series.value().get(l)) : "";
  }

  static Map<String, Object> provenance(Provenance p) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("version", p.version() + (p.commit() == null ? "" : ", commit " + p.commit()));
    p.options().forEach((option, value) -> facts.put(option, String.valueOf(value)));
    facts.put("seed", Long.toString(p.seed()));
    if (p.data() != null) {
      facts.put("data SHA-256", p.data().sha256());
    }
    p.models().forEach((model, sha256) -> facts.put(model + " SHA-256", sha256));
    p.files().forEach((file, sha256) -> facts.put(file + " SHA-256", sha256));
    facts.put("JDK", p.jdk());
    facts.put("machine", p.machine());
    facts.put("started", p.started());
    facts.put("seconds", Numbers.number(p.seconds()));
    List<Map<String, String>> rows = new ArrayList<>();
    facts.forEach((key, value) -> rows.add(Map.of("key", key, "value", value)));
    return Map.of("command", p.command(), "facts", rows);
  }
}
