package topolip.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import topolip.study.StudyResult.Trained;

/// The means of a network over its seeds: the unit of the statistics.
///
/// @param measures null where undefined for a seed
record MeanNetwork(
    String family, Map<String, Double> losses, Map<String, @Nullable Double> measures) {

  /// One a network, in the order of first appearance.
  static List<MeanNetwork> of(List<Trained> trained) {
    List<MeanNetwork> means = new ArrayList<>();
    trained.stream()
        .collect(Collectors.groupingBy(Trained::network, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(seeds -> means.add(mean(seeds)));
    return means;
  }

  private static MeanNetwork mean(List<Trained> seeds) {
    Map<String, Double> losses = new LinkedHashMap<>();
    for (String loss : seeds.getFirst().losses().keySet()) {
      Double mean = mean(seeds, seed -> seed.losses().get(loss));
      if (mean != null) {
        losses.put(loss, mean);
      }
    }
    Map<String, @Nullable Double> measures = new LinkedHashMap<>();
    Set<String> names = seeds.getFirst().measures().keySet();
    for (String name : names) {
      measures.put(name, mean(seeds, seed -> seed.measures().get(name)));
    }
    return new MeanNetwork(seeds.getFirst().family(), losses, measures);
  }

  private static @Nullable Double mean(
      List<Trained> seeds, Function<Trained, @Nullable Double> value) {
    double sum = 0;
    for (Trained seed : seeds) {
      Double one = value.apply(seed);
      if (one == null) {
        return null;
      }
      sum += one;
    }
    return sum / seeds.size();
  }
}
