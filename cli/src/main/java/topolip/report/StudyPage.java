package topolip.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import topolip.study.Study;
import topolip.study.StudyResult;
import topolip.study.StudyResult.Association;
import topolip.study.StudyResult.Trained;

/// The page of a study: what its template is given.
final class StudyPage {
  private static final int SHOWN = 12;

  private final StudyResult result;
  private final Set<String> perturbations = new LinkedHashSet<>();

  StudyPage(StudyResult result) {
    this.result = result;
    result.networks().forEach(network -> perturbations.addAll(network.accuracies().keySet()));
  }

  String html(List<Chart> charts, List<String> svgs) throws IOException {
    Study study = result.study();
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("title", "Study: " + study.name());
    page.put(
        "subtitle",
        "%d networks, seeds %s, %s, TopoLip %s, %s"
            .formatted(
                study.networks().size(),
                study.seeds(),
                study.data(),
                result.provenance().version(),
                result.provenance().started()));
    page.put("answer", StudyAnswer.of(result));
    page.put("perturbations", List.copyOf(perturbations));
    page.put("networks", result.networks().stream().map(this::networkRow).toList());
    page.put("topolip", TopoLipRows.of(result.networks()));
    SweepRows sweep = new SweepRows(result, perturbations);
    page.put("swept", !sweep.rows().isEmpty());
    page.put("sweepHeader", sweep.header());
    page.put("sweepRows", sweep.rows());
    page.put("sensitive", !result.sensitivity().isEmpty());
    page.put("settingRows", result.sensitivity().stream().map(StudyPage::settingRow).toList());
    page.put("losses", losses());
    page.put("settings", settings(study));
    page.put("runs", List.of(Page.provenance(result.provenance())));
    Figures.addTo(page, charts, svgs);
    return Figures.page("study", page);
  }

  private Map<String, Object> networkRow(Trained network) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", network.network());
    row.put("family", network.family());
    row.put("seed", network.seed());
    row.put("parameters", Numbers.count(network.parameters()));
    row.put("accuracy", Numbers.percent(network.accuracy()));
    row.put("interval", Numbers.percentInterval(network.accuracy()));
    List<String> accuracies = new ArrayList<>();
    for (String name : perturbations) {
      Double share = network.accuracies().get(name);
      accuracies.add(share == null ? "–" : "%.1f %%".formatted(100 * share));
    }
    row.put("accuracies", accuracies);
    row.put("raw", Numbers.number(network.measures().get("adjacent union raw mean")));
    row.put("free", Numbers.number(network.measures().get("adjacent union scale-free mean")));
    return row;
  }

  private static Map<String, Object> settingRow(StudyResult.Setting setting) {
    return Map.of(
        "setting", setting.setting(),
        "topolip", setting.topolip().replace("union", "together"),
        "count", setting.count(),
        "kendall", Numbers.number(setting.kendall()),
        "spread", Numbers.number(setting.seedSpread()),
        "width", Numbers.number(setting.width()));
  }

  private List<Map<String, Object>> losses() {
    Map<String, List<Association>> byLoss =
        result.associations().stream()
            .collect(
                Collectors.groupingBy(Association::loss, LinkedHashMap::new, Collectors.toList()));
    List<Map<String, Object>> losses = new ArrayList<>();
    byLoss.forEach((loss, all) ->
        losses.add(
            Map.of(
                "loss", "accuracy lost under " + loss,
                "first", losses.isEmpty(),
                "rows",
                    all.stream()
                        .sorted(
                            Comparator.comparingDouble(Association::familyWise)
                                .thenComparingDouble(a -> -Math.abs(a.spearman())))
                        .limit(SHOWN)
                        .map(StudyPage::associationRow)
                        .toList())));
    return losses;
  }

  private static Map<String, Object> associationRow(Association association) {
    return Map.of(
        "measure", association.measure(),
        "among", association.among(),
        "count", association.count(),
        "spearman", Numbers.number(association.spearman()),
        "interval", interval(association),
        "kendall", Numbers.number(association.kendall()),
        "p", Numbers.number(association.p()),
        "corrected", Numbers.number(association.familyWise()));
  }

  /// None where every resample has the same correlation, as of a perfect order: it would say that
  /// nothing is uncertain.
  private static String interval(Association association) {
    return association.low() == association.high()
        ? ""
        : "[%s, %s]"
            .formatted(Numbers.number(association.low()), Numbers.number(association.high()));
  }

  private static List<Map<String, String>> settings(Study study) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("data", study.data());
    settings.put("seeds", study.seeds().toString());
    settings.put("train", study.train().toString());
    settings.put("measure", study.measure().toString());
    settings.put("sensitivity", study.sensitivity().toString());
    settings.put("perturbations", study.perturbations().toString());
    settings.put("accuracy", study.accuracy().toString());
    settings.put("attacks", study.attacks() + " " + study.attack());
    settings.put("bounds", study.bounds().toString());
    study
        .networks()
        .forEach(network ->
            settings.put(
                network.name(),
                (network.architecture() == null ? network.file() : network.architecture())
                    + (network.train().isEmpty() ? "" : " " + network.train())));
    return settings.entrySet().stream()
        .map(entry -> Map.of("key", entry.getKey(), "value", entry.getValue()))
        .toList();
  }
}
