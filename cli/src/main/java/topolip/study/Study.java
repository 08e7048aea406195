package topolip.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a study file asks for.
///
/// The maps hold options of the commands by their long names, such as `learning-rate: 0.004`;
/// `true` stands for an option without a value. They are the same for every network, so that
/// networks are compared fairly; a network may override `train` alone.
///
/// @param name of the study
/// @param data as for `topolip measure --data`
/// @param seeds each network is trained once a seed
/// @param train options of `topolip train`
/// @param measure options of `topolip measure`, adjacent protocol
/// @param sensitivity values of options of `topolip measure` that are tried besides, one at a time
/// @param perturbations of the paired profiles
/// @param accuracy options of `topolip evaluate`
/// @param attacks in the words of `topolip attack --attack`
/// @param attack options of `topolip attack`
/// @param bounds options of `topolip bounds`; empty for none
/// @param untrained whether networks with random weights are profiled too
/// @param networks at least one
public record Study(
    String name,
    String data,
    List<Long> seeds,
    Map<String, Object> train,
    Map<String, Object> measure,
    Map<String, List<Object>> sensitivity,
    List<String> perturbations,
    Map<String, Object> accuracy,
    List<String> attacks,
    Map<String, Object> attack,
    Map<String, Object> bounds,
    boolean untrained,
    List<Subject> networks) {

  public Study {
    require(name != null, "name is missing, such as name: mine");
    require(name.matches("[\\w.-]+"), "name must be one word: " + name);
    require(data != null && !data.isBlank(), "data is missing, such as data: shapes");
    seeds = seeds == null ? List.of(0L) : List.copyOf(seeds);
    require(!seeds.isEmpty(), "seeds must name at least one seed");
    require(Set.copyOf(seeds).size() == seeds.size(), "seeds repeat: " + seeds);
    train = options(train);
    measure = options(measure);
    require(
        !measure.containsKey("engine"),
        "measure takes no engine here: give --engine to 'topolip study', which runs all commands");
    sensitivity = sensitivity == null ? Map.of() : Map.copyOf(sensitivity);
    perturbations = perturbations == null ? List.of() : List.copyOf(perturbations);
    accuracy = options(accuracy);
    attacks = attacks == null ? List.of() : List.copyOf(attacks);
    attack = options(attack);
    bounds = options(bounds);
    require(networks != null && !networks.isEmpty(), "networks must name at least one network");
    networks = List.copyOf(networks);
    Set<String> names = new HashSet<>();
    networks.forEach(n -> require(names.add(n.name()), "two networks are named " + n.name()));
    for (Subject network : networks) {
      require(
          network.base() == null || names.contains(network.base()),
          "network %s differs from %s, which is no network here"
              .formatted(network.name(), network.base()));
    }
  }

  /// The same study of other data.
  public Study withData(String other) {
    return new Study(
        name,
        other,
        seeds,
        train,
        measure,
        sensitivity,
        perturbations,
        accuracy,
        attacks,
        attack,
        bounds,
        untrained,
        networks);
  }

  /// Whether it trains any network.
  public boolean trains() {
    return networks.stream().anyMatch(network -> network.architecture() != null);
  }

  /// A network of the study: an architecture to train, or a file.
  ///
  /// @param family such as `attention` or `convolution`; what correlations are stratified by
  /// @param architecture as for `topolip train`; null for a file
  /// @param file `.onnx` or `.safetensors`; null for an architecture
  /// @param train options that differ from those of the study
  /// @param base the network that this one differs from in one thing; null if it is none of a sweep
  /// @param change that thing, such as `depth 8`
  public record Subject(
      String name,
      String family,
      @Nullable String architecture,
      @Nullable String file,
      @JsonProperty("train") Map<String, Object> train,
      @Nullable String base,
      @Nullable String change) {

    public Subject {
      require(
          name != null && name.matches("[\\w.+-]+"),
          "the name of a network must be one word: " + name);
      require(family != null && !family.isBlank(), "network " + name + " needs a family");
      require(
          (architecture == null) != (file == null),
          "network " + name + " needs either an architecture or a file");
      require(
          (base == null) == (change == null),
          "network " + name + " needs both base and change, or neither");
      train = options(train);
    }
  }

  private static Map<String, Object> options(@Nullable Map<String, Object> options) {
    return options == null ? Map.of() : Map.copyOf(options);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
