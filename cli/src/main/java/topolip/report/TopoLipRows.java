package topolip.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import topolip.study.StudyResult.Trained;

/// TopoLip of the networks of a study by degree: means over seeds, with the lowest and the highest
/// seed.
final class TopoLipRows {
  private static final Pattern DEGREE = Pattern.compile("adjacent (\\w+) raw mean");

  private TopoLipRows() {}

  /// One row a network and degree: its cells are the mean, the maximum and the sum of the rates,
  /// raw, then scale-free.
  static List<Map<String, Object>> of(List<Trained> networks) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (List<Trained> seeds : byNetwork(networks)) {
      boolean first = true;
      for (String degree : degrees(seeds)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", first ? seeds.getFirst().network() : "");
        row.put("degree", Numbers.degree(degree));
        List<Map<String, String>> cells = new ArrayList<>();
        for (String scaling : List.of("raw", "scale-free")) {
          for (String statistic : List.of("mean", "max", "last")) {
            cells.add(cell(seeds, "adjacent %s %s %s".formatted(degree, scaling, statistic)));
          }
        }
        row.put("cells", cells);
        rows.add(row);
        first = false;
      }
    }
    return rows;
  }

  static Collection<List<Trained>> byNetwork(List<Trained> networks) {
    return networks.stream()
        .collect(Collectors.groupingBy(Trained::network, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /// The degrees that networks were measured in.
  static Set<String> degrees(List<Trained> networks) {
    Set<String> degrees = new LinkedHashSet<>();
    for (Trained network : networks) {
      for (String measure : network.measures().keySet()) {
        Matcher matcher = DEGREE.matcher(measure);
        if (matcher.matches()) {
          degrees.add(matcher.group(1));
        }
      }
    }
    return degrees;
  }

  /// Undefined unless it is defined for every seed.
  static Map<String, String> cell(List<Trained> seeds, String measure) {
    List<Double> values =
        seeds.stream().map(seed -> seed.measures().get(measure)).filter(Objects::nonNull).toList();
    if (values.size() < seeds.size()) {
      return Map.of("value", Numbers.number(null), "range", "");
    }
    var statistics = values.stream().mapToDouble(value -> value).summaryStatistics();
    return Map.of(
        "value",
        Numbers.number(statistics.getAverage()),
        "range",
        values.size() < 2
            ? ""
            : "[%s, %s]"
                .formatted(
                    Numbers.number(statistics.getMin()), Numbers.number(statistics.getMax())));
  }
}
