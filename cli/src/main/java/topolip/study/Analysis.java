package topolip.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import topolip.study.StudyResult.Association;
import topolip.study.StudyResult.Trained;

/// The statistics of a study: every measure against every loss of accuracy, among all networks,
/// within each family, and with families taken out.
public final class Analysis {
  static final String ALL = "all";
  static final String WITHIN = "within families";

  private Analysis() {}

  /// Networks are means over their seeds, since trainings of one network are not independent of
  /// each other. A measure that is undefined for a network is left out, of all networks.
  ///
  /// @param seed of permutations and resamples
  public static List<Association> of(List<Trained> networks, long seed) {
    return ofMeans(MeanNetwork.of(networks), seed);
  }

  private static List<Association> ofMeans(List<MeanNetwork> networks, long seed) {
    Set<String> losses = new LinkedHashSet<>();
    networks.forEach(network -> losses.addAll(network.losses().keySet()));
    List<String> families = networks.stream().map(MeanNetwork::family).distinct().toList();
    List<Association> associations = new ArrayList<>();
    for (String loss : losses) {
      List<MeanNetwork> measured =
          networks.stream().filter(network -> network.losses().containsKey(loss)).toList();
      associations.addAll(with(loss, ALL, measured, null, seed));
      if (families.size() > 1) {
        int[] groups =
            measured.stream().mapToInt(network -> families.indexOf(network.family())).toArray();
        associations.addAll(with(loss, WITHIN, measured, groups, seed));
        for (String family : families) {
          List<MeanNetwork> own =
              measured.stream().filter(network -> network.family().equals(family)).toList();
          associations.addAll(with(loss, family, own, null, seed));
        }
      }
    }
    return associations;
  }

  private static List<Association> with(
      String loss, String among, List<MeanNetwork> networks, int @Nullable [] groups, long seed) {
    double[] lost =
        networks.stream()
            .mapToDouble(network -> Objects.requireNonNull(network.losses().get(loss)))
            .toArray();
    Map<String, double[]> measures = new LinkedHashMap<>();
    if (!networks.isEmpty()) {
      for (String name : networks.getFirst().measures().keySet()) {
        double[] values =
            networks.stream()
                .mapToDouble(n -> Objects.requireNonNullElse(n.measures().get(name), Double.NaN))
                .toArray();
        if (Arrays.stream(values).allMatch(Double::isFinite)) {
          measures.put(name, values);
        }
      }
    }
    return new Associations(loss, among, lost, groups).with(measures, seed);
  }
}
