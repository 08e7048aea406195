package topolip.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import topolip.profile.NetworkProfiler.Profiled;

/// What `result.json` holds: every model's profile, and how it was made.
///
/// @param schemaVersion of the file format, 1
/// @param comparisons one for each pair of models, per degree; empty for a single model
public record RunResult(
    int schemaVersion,
    Provenance provenance,
    List<ModelProfile> models,
    List<Comparison> comparisons) {

  public static final int SCHEMA_VERSION = 1;

  /// The result of networks measured on the same samples, each compared with each later one.
  public static RunResult of(Provenance provenance, List<Profiled> networks) {
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      for (int j = i + 1; j < networks.size(); j++) {
        comparisons.addAll(
            Comparison.of(
                networks.get(i).profile().name(),
                networks.get(i).measurement(),
                networks.get(j).profile().name(),
                networks.get(j).measurement()));
      }
    }
    return new RunResult(
        SCHEMA_VERSION, provenance, networks.stream().map(Profiled::profile).toList(), comparisons);
  }

  /// The same with other names of models.
  ///
  /// @param names the new name of each model
  public RunResult renamed(Map<String, String> names) {
    return new RunResult(
        schemaVersion,
        provenance,
        models.stream().map(model -> model.renamed(of(names, model.name()))).toList(),
        comparisons.stream()
            .map(c ->
                new Comparison(
                    of(names, c.first()),
                    of(names, c.second()),
                    c.degree(),
                    c.raw(),
                    c.scaleFree()))
            .toList());
  }

  private static String of(Map<String, String> names, String name) {
    return names.getOrDefault(name, name);
  }
}
