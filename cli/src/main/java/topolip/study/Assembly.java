package topolip.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
import topolip.study.StudyResult.TopoLipAt;
import topolip.study.StudyResult.Trained;

/// Gathers what the units of one network and seed found out.
final class Assembly {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path units;
  private final List<String> folders = new ArrayList<>();
  private final Map<String, Double> accuracies = new LinkedHashMap<>();
  private final Map<String, Double> losses = new LinkedHashMap<>();
  private final Map<String, Integer> images = new HashMap<>();
  private final Map<String, Map<String, TopoLipAt>> settings = new LinkedHashMap<>();
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
        assembly.settings.size() > 1 ? assembly.settings : Map.of(),
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
        settings.put(Sensitivity.AS_STUDIED, topolip(profile));
      }
      case SENSITIVITY -> settings.put(unit.subject(), topolip(profile(folder)));
      case UNTRAINED -> addSeries("untrained", profile(folder));
      case PAIRED -> {
        ModelProfile profile = profile(folder);
        addSeries(unit.subject(), profile);
        if (profile.sampleAccuracy() != null && profile.perturbedAccuracy() != null) {
          lost(
              unit.subject(),
              profile.sampleAccuracy().share(),
              profile.perturbedAccuracy().share(),
              profile.perturbedAccuracy().total());
        }
      }
      case ACCURACY -> addAccuracies(json(folder).at("/models/0"));
      case ATTACK -> addAttacks(json(folder));
      case BOUNDS -> addBounds(json(folder).at("/models/0/layers"));
    }
  }

  /// TopoLip by degree and scaling, such as `union scale-free`; what is undefined is left out.
  private static Map<String, TopoLipAt> topolip(ModelProfile profile) {
    Map<String, TopoLipAt> found = new LinkedHashMap<>();
    profile
        .degrees()
        .forEach((degree, of) -> {
          add(found, degree + " raw", of.raw().topolip());
          add(found, degree + " scale-free", of.scaleFree().topolip());
        });
    return found;
  }

  private static void add(Map<String, TopoLipAt> found, String name, Series.TopoLip topolip) {
    Double mean = topolip.mean().value();
    if (mean != null && topolip.definedThroughout()) {
      found.put(name, new TopoLipAt(mean, topolip.mean().low(), topolip.mean().high()));
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
      JsonNode accuracyUnder = one.at("/summary/accuracy");
      lost(one.path("perturbation").asString(), clean, share(accuracyUnder), total(accuracyUnder));
    }
    JsonNode corruptions = model.path("corruptions");
    if (corruptions.isObject()) {
      lost(
          "corruptions",
          1 - corruptions.path("cleanError").asDouble(),
          1 - corruptions.path("meanError").asDouble(),
          total(model.at("/clean/accuracy")));
    }
  }

  private void addAttacks(JsonNode result) {
    double clean = share(result.path("clean"));
    String norm = result.path("norm").asString().toLowerCase(Locale.ROOT);
    for (JsonNode attack : result.path("attacks")) {
      JsonNode robust = attack.path("robust");
      lost(attack.path("argument").asString() + " " + norm, clean, share(robust), total(robust));
    }
    if (result.path("attacks").size() > 1) {
      JsonNode worst = result.path("worstCase");
      lost("worst attack " + norm, clean, share(worst), total(worst));
    }
  }

  /// Of the logits, whose layer is the last.
  private void addBounds(JsonNode layers) {
    JsonNode logits = layers.path(layers.size() - 1);
    addLogarithm("log10 of the bound", logits.at("/bound/log10"));
    addLogarithm("log10 of the bound on sample", logits.at("/boundOnSample/log10"));
    addLogarithm("log10 of the constant found", logits.at("/found/log10"));
  }

  /// Undefined where there is no finite constant.
  private void addLogarithm(String name, JsonNode value) {
    measures.put(name, value.isNumber() ? (Double) value.asDouble() : null);
  }

  private static double share(JsonNode accuracy) {
    return accuracy.path("correct").asDouble() / accuracy.path("total").asDouble();
  }

  private static int total(JsonNode accuracy) {
    return accuracy.path("total").asInt();
  }

  /// Notes a loss. A perturbation may be among those of profiles and of accuracies: what was found
  /// on more images counts, so that it is one loss and not two.
  private void lost(String by, double clean, double left, int of) {
    if (of >= images.getOrDefault(by, 0)) {
      images.put(by, of);
      accuracies.put(by, left);
      losses.put(by, clean - left);
    }
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
