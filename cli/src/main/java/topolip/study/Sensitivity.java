package topolip.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hipparchus.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import topolip.study.StudyResult.Setting;
import topolip.study.StudyResult.TopoLipAt;
import topolip.study.StudyResult.Trained;

/// How far TopoLip depends on how it is measured: on the number of samples, on subsamples, on the
/// seed that draws them.
final class Sensitivity {
  /// The setting of the study itself.
  static final String AS_STUDIED = "as studied";

  private Sensitivity() {}

  /// One a setting, degree and scaling that is defined for all networks.
  static List<Setting> of(List<Trained> trained) {
    Collection<List<Trained>> networks =
        trained.stream()
            .collect(
                Collectors.groupingBy(Trained::network, LinkedHashMap::new, Collectors.toList()))
            .values();
    Set<String> settings = new LinkedHashSet<>();
    trained.forEach(network -> settings.addAll(network.settings().keySet()));
    List<Setting> found = new ArrayList<>();
    for (String setting : settings) {
      for (String topolip : names(trained, setting)) {
        found.add(setting(networks, setting, topolip));
      }
    }
    return found;
  }

  /// Those that are defined at this setting and as studied for every training.
  private static Set<String> names(List<Trained> trained, String setting) {
    Set<String> names = new LinkedHashSet<>(at(trained.getFirst(), setting).keySet());
    for (Trained network : trained) {
      names.retainAll(at(network, setting).keySet());
      names.retainAll(at(network, AS_STUDIED).keySet());
    }
    return names;
  }

  private static Map<String, TopoLipAt> at(Trained network, String setting) {
    return network.settings().getOrDefault(setting, Map.of());
  }

  private static Setting setting(
      Collection<List<Trained>> networks, String setting, String topolip) {
    double[] means = means(networks, setting, topolip);
    return new Setting(
        setting,
        topolip,
        networks.size(),
        kendall(means, means(networks, AS_STUDIED, topolip)),
        seedSpread(networks, means, setting, topolip),
        width(networks, setting, topolip));
  }

  private static double[] means(
      Collection<List<Trained>> networks, String setting, String topolip) {
    return networks.stream()
        .mapToDouble(seeds -> StatUtils.mean(values(seeds, setting, topolip)))
        .toArray();
  }

  private static double[] values(List<Trained> seeds, String setting, String topolip) {
    return seeds.stream()
        .mapToDouble(seed -> Objects.requireNonNull(at(seed, setting).get(topolip)).mean())
        .toArray();
  }

  private static @Nullable Double kendall(double[] first, double[] second) {
    RankCorrelation a = RankCorrelation.of(first);
    RankCorrelation b = RankCorrelation.of(second);
    return a.isConstant() || b.isConstant() ? null : (Double) a.kendall(b);
  }

  private static @Nullable Double seedSpread(
      Collection<List<Trained>> networks, double[] means, String setting, String topolip) {
    double between = StatUtils.variance(means);
    double within =
        networks.stream()
            .filter(seeds -> seeds.size() > 1)
            .mapToDouble(seeds -> StatUtils.variance(values(seeds, setting, topolip)))
            .average()
            .orElse(Double.NaN);
    double ratio = Math.sqrt(within / between);
    return means.length > 1 && between > 0 && Double.isFinite(ratio) ? (Double) ratio : null;
  }

  private static @Nullable Double width(
      Collection<List<Trained>> networks, String setting, String topolip) {
    double[] widths =
        networks.stream()
            .flatMap(List::stream)
            .map(seed -> Objects.requireNonNull(at(seed, setting).get(topolip)))
            .mapToDouble(Sensitivity::width)
            .toArray();
    double mean = Arrays.stream(widths).average().orElse(Double.NaN);
    return Double.isFinite(mean) ? (Double) mean : null;
  }

  private static double width(TopoLipAt at) {
    return at.low() == null || at.high() == null || at.mean() == 0
        ? Double.NaN
        : (at.high() - at.low()) / at.mean();
  }
}
