package topolip.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topolip.study.Study.Subject;
import topolip.study.Unit.Kind;
import topolip.study.Unit.Model;

/// The units of a study, in an order in which each comes after those that it needs.
final class Plan {
  private final Study study;
  private final Map<String, String> contents;
  private final String program;

  /// @param contents digests of the data and of the files that networks and options name, by the
  ///   words that name them
  /// @param program its version: another one may find other numbers
  Plan(Study study, Map<String, String> contents, String program) {
    this.study = study;
    this.contents = contents;
    this.program = program;
  }

  List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (long seed : study.seeds()) {
      for (Subject network : study.networks()) {
        if (network.file() == null) {
          units.addAll(trained(network, seed));
        } else if (seed == study.seeds().getFirst()) {
          // A file is what it is, whatever the seed.
          units.addAll(measured(network, seed, new Model.Named(network.file())));
        }
      }
    }
    return units;
  }

  private List<Unit> trained(Subject network, long seed) {
    Map<String, Object> train = new LinkedHashMap<>(study.train());
    train.putAll(network.train());
    Model architecture = new Model.Named(String.valueOf(network.architecture()));
    List<String> words = withSeed(train, seed);
    Unit training = unit(Kind.TRAIN, network, seed, "", architecture, words);
    List<Unit> units = new ArrayList<>(List.of(training));
    if (study.untrained()) {
      units.add(untrained(network, seed, train));
    }
    units.addAll(measured(network, seed, new Model.Trained(training)));
    return units;
  }

  /// The same network before training: the weights that training begins with.
  private Unit untrained(Subject network, long seed, Map<String, Object> train) {
    String name = String.valueOf(network.architecture());
    Model random = new Model.Named(name + (name.contains("?") ? "&" : "?") + "seed=" + seed);
    Map<String, Object> options = new LinkedHashMap<>(study.measure());
    for (String normalisation : List.of("mean", "std")) {
      if (train.containsKey(normalisation)) {
        options.put(normalisation, train.get(normalisation));
      }
    }
    return unit(Kind.UNTRAINED, network, seed, "", random, words(options));
  }

  private List<Unit> measured(Subject network, long seed, Model model) {
    List<Unit> units = new ArrayList<>();
    List<String> measure = words(study.measure());
    units.add(unit(Kind.PROFILE, network, seed, "", model, measure));
    units.addAll(otherSettings(network, seed, model));
    for (String perturbation : study.perturbations()) {
      List<String> paired = new ArrayList<>(measure);
      paired.addAll(List.of("--perturb", perturbation));
      units.add(unit(Kind.PAIRED, network, seed, perturbation, model, paired));
    }
    if (!study.accuracy().isEmpty()) {
      units.add(unit(Kind.ACCURACY, network, seed, "", model, words(study.accuracy())));
    }
    if (!study.attacks().isEmpty()) {
      List<String> attack = words(study.attack());
      study.attacks().forEach(a -> attack.addAll(List.of("--attack", a)));
      units.add(unit(Kind.ATTACK, network, seed, "", model, attack));
    }
    if (!study.bounds().isEmpty()) {
      units.add(unit(Kind.BOUNDS, network, seed, "", model, words(study.bounds())));
    }
    return units;
  }

  /// The profile once more with one option changed at a time.
  private List<Unit> otherSettings(Subject network, long seed, Model model) {
    List<Unit> units = new ArrayList<>();
    study.sensitivity().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(option -> {
          for (Object value : option.getValue()) {
            Map<String, Object> changed = new LinkedHashMap<>(study.measure());
            changed.remove("measures"); // what is asked is how TopoLip changes
            changed.put(option.getKey(), value);
            String setting = "%s %s".formatted(option.getKey(), value);
            units.add(unit(Kind.SENSITIVITY, network, seed, setting, model, words(changed)));
          }
        });
    return units;
  }

  private Unit unit(
      Kind kind, Subject network, long seed, String subject, Model model, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("--data", study.data()));
    if (kind.measures()) {
      arguments.add("--no-report");
    }
    arguments.addAll(options);
    if (kind.measures()) {
      // Whatever engine runs the study.
      arguments.addAll(List.of("--engine", "local"));
    }
    if (!arguments.contains("--threads")) {
      // Units run side by side; and what is trained depends on the threads in its last digits.
      arguments.addAll(List.of("--threads", "1"));
    }
    arguments.add("--quiet");
    List<String> inputs = new ArrayList<>(List.of(program, kind.name()));
    inputs.add(contents.getOrDefault(study.data(), ""));
    inputs.add(
        switch (model) {
          case Model.Named named -> named.name() + contents.getOrDefault(named.name(), "");
          case Model.Trained trained -> trained.by().digest();
        });
    inputs.addAll(arguments.subList(2, arguments.size())); // the data count by content
    options.stream()
        .filter(contents::containsKey)
        .forEach(word -> inputs.add(word + " " + contents.get(word)));
    return new Unit(kind, network.name(), seed, subject, model, arguments, Unit.digest(inputs));
  }

  private static List<String> withSeed(Map<String, Object> options, long seed) {
    List<String> words = words(options);
    words.addAll(List.of("--seed", Long.toString(seed)));
    return words;
  }

  /// Options as words: `true` gives none but the name, a list the option again and again.
  private static List<String> words(Map<String, Object> options) {
    List<String> words = new ArrayList<>();
    options.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(option -> add(words, "--" + option.getKey(), option.getValue()));
    return words;
  }

  private static void add(List<String> words, String name, @Nullable Object value) {
    switch (value) {
      case null -> throw new IllegalArgumentException(name + " has no value");
      case Boolean set -> {
        if (set) {
          words.add(name);
        }
      }
      case List<?> values -> values.forEach(one -> add(words, name, one));
      default -> words.addAll(List.of(name, value.toString()));
    }
  }
}
