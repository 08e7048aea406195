package topolip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topolip.profile.ModelProfile;
import topolip.profile.Stability;

/// How far the diagrams of layers moved, and how far they may: one table a network of paired runs.
final class StabilityRows {
  private StabilityRows() {}

  static List<Map<String, Object>> tables(List<ModelProfile> models) {
    List<Map<String, Object>> tables = new ArrayList<>();
    for (ModelProfile model : models) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (ModelProfile.Layer layer : model.layers()) {
        Stability stability = layer.stability();
        if (stability != null) {
          rows.add(row(rows.size(), layer.name(), stability));
        }
      }
      if (!rows.isEmpty()) {
        List<String> degrees =
            model.degrees().keySet().stream().filter(StabilityRows::one).toList();
        tables.add(Map.of("model", model.name(), "degrees", degrees, "rows", rows));
      }
    }
    return tables;
  }

  /// Whether this is a single degree: their union has no diagram.
  private static boolean one(String degree) {
    return Character.isDigit(degree.charAt(0));
  }

  private static Map<String, Object> row(int place, String name, Stability stability) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("place", place);
    row.put("name", name);
    row.put("bottleneck", stability.bottleneck().stream().map(Numbers::number).toList());
    row.put("moved", Numbers.number(2 * stability.displacement()));
    Stability.@Nullable Proved proved = stability.proved();
    row.put("constant", power(proved == null ? null : proved.constantLog10()));
    row.put("bound", power(proved == null ? null : proved.boundLog10()));
    row.put("tightness", power(proved == null ? null : proved.tightnessLog10()));
    row.put("unbounded", stability.unbounded() == null ? "" : stability.unbounded());
    return row;
  }

  /// A number from its logarithm: bounds of deep networks exceed what a double can hold.
  private static String power(@Nullable Double log10) {
    if (log10 == null) {
      return Numbers.number(null);
    }
    return log10 < 6
        ? Numbers.number(Math.pow(10, log10))
        : String.format(Locale.ROOT, "10^%.1f", log10);
  }
}
