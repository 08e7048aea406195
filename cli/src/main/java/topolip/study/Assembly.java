package topolip.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topolip.model.Accuracy;
import topolip.profile.ModelProfile;
import topolip.profile.RunFiles;
import topolip.profile.Series;
import topolip.study.StudyResult.Trained;

/// Gathers what the units of one network and seed found out.
final class Assembly {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path units;
  private final List<String> folders = new ArrayList<>();
  private final Map<String, Double> accuracies = new LinkedHashMap<>();
  private final Map<String, Double> losses = new LinkedHashMap<>();
  private final Map<String, @Nullable Double> measures = new LinkedHashMap<>();
  private @Nullable Long parameters;
  private @Nullable Accuracy accuracy;

  private Assembly(Path units) {
    this.units = units;
  }

  /// @param of all units of the network and seed, done
  static Trained network(Study.Subject network, long seed, List<Unit> of, Path units)
      throws IOException {
    Assembly assembly = new Assembly(units);
    for (Unit unit : of) {
      assembly.add(unit);
    }
    return new Trained(
        network.name(),
        network.family(),
        seed,
        assembly.parameters,
        assembly.accuracy,
        assembly.accuracies,
        assembly.losses,
        assembly.measures,
        assembly.folders);
  }

  private void add(Unit unit) throws IOException {
    Path folder = units.resolve(unit.folder());
    folders.add(unit.folder());
    switch (unit.kind()) {
      case TRAIN -> {}
      case PROFILE -> {
        ModelProfile profile = profile(folder);
        parameters = profile.parameters();
        accuracy = profile.accuracy();
        addSeries("adjacent", profile);
      }
      case UNTRAINED -> addSeries("untrained", profile(folder));
      case PAIRED -> {
        ModelProfile profile = profile(folder);
        addSeries(unit.subject(), profile);
        if (profile.sampleAccuracy() != null && profile.perturbedAccuracy() != null) {
          lost(
              unit.subject(),
              profile.sampleAccuracy().share(),
              profile.perturbedAccuracy().share());
        }
      }
      case ACCURACY -> addAccuracies(json(folder).at("/models/0"));
      case ATTACK -> addAttacks(json(folder));
    }
  }

  private static ModelProfile profile(Path folder) throws IOException {
    return RunFiles.read(folder).models().getFirst();
  }

  private void addSeries(String protocol, ModelProfile profile) {
    profile
        .degrees()
        .forEach((degree, of) -> {
          addSeries("%s %s raw".formatted(protocol, degree), of.raw());
          addSeries("%s %s scale-free".formatted(protocol, degree), of.scaleFree());
        });
    for (Map.Entry<String, List<@Nullable Double>> measure : profile.measures().entrySet()) {
      measures.put(protocol + " " + measure.getKey(), mean(measure.getValue()));
    }
  }

  /// Of a measure over layers; undefined if it is for one of them.
  private static @Nullable Double mean(List<@Nullable Double> values) {
    double sum = 0;
    for (@Nullable Double value : values) {
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return values.isEmpty() ? null : sum / values.size();
  }

  private void addSeries(String name, Series series) {
    Series.TopoLip topolip = series.topolip();
    // Over some of the rates it is not comparable with another network's.
    boolean whole = topolip.definedThroughout();
    measures.put(name + " mean", whole ? topolip.mean().value() : null);
    measures.put(name + " max", whole ? topolip.max().value() : null);
    measures.put(name + " last", whole ? topolip.last().value() : null);
    Series.@Nullable Estimate endToEnd = series.endToEnd();
    if (endToEnd != null) {
      measures.put(name + " end-to-end", endToEnd.value());
    }
  }

  private void addAccuracies(JsonNode model) {
    double clean = share(model.at("/clean/accuracy"));
    for (JsonNode one : model.path("perturbed")) {
      lost(one.path("perturbation").asString(), clean, share(one.at("/summary/accuracy")));
    }
    JsonNode corruptions = model.path("corruptions");
    if (corruptions.isObject()) {
      lost(
          "corruptions",
          1 - corruptions.path("cleanError").asDouble(),
          1 - corruptions.path("meanError").asDouble());
    }
  }

  private void addAttacks(JsonNode result) {
    double clean = share(result.path("clean"));
    String norm = result.path("norm").asString().toLowerCase(Locale.ROOT);
    for (JsonNode attack : result.path("attacks")) {
      lost(attack.path("argument").asString() + " " + norm, clean, share(attack.path("robust")));
    }
    if (result.path("attacks").size() > 1) {
      lost("worst attack " + norm, clean, share(result.path("worstCase")));
    }
  }

  private static double share(JsonNode accuracy) {
    return accuracy.path("correct").asDouble() / accuracy.path("total").asDouble();
  }

  private void lost(String by, double clean, double left) {
    accuracies.put(by, left);
    losses.put(by, clean - left);
  }

  private static JsonNode json(Path folder) throws IOException {
    Path file = folder.resolve("result.json");
    try {
      return JSON.readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new IOException(file + ": damaged: " + e.getOriginalMessage(), e);
    }
  }
}
