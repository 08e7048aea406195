package topolip.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import topolip.profile.ModelProfile.DegreeProfile;

/// The series of every degree and of their union, from the distances of all replicates.
final class ProfileSeries {
  static final String UNION = "union";

  private final Map<String, DegreeProfile> degrees = new LinkedHashMap<>();
  private final Map<String, Measurement.Replicates> replicates = new LinkedHashMap<>();

  /// @param distances `[replicate][layer]`
  ProfileSeries(ProfileOptions options, List<List<LayerDistance>> distances) {
    for (int k = 0; k < options.degrees().size(); k++) {
      int degree = k;
      add(options, Integer.toString(options.degrees().get(k)), distances, w -> w.get(degree));
    }
    add(options, UNION, distances, w -> w.stream().mapToDouble(x -> x).sum());
  }

  Map<String, DegreeProfile> degrees() {
    return degrees;
  }

  Map<String, Measurement.Replicates> replicates() {
    return replicates;
  }

  private void add(
      ProfileOptions options,
      String name,
      List<List<LayerDistance>> distances,
      Function<List<Double>, Double> degree) {
    List<SeriesValues> raw = values(distances, LayerDistance::raw, degree);
    List<SeriesValues> scaleFree = values(distances, LayerDistance::scaleFree, degree);
    Replicated replicated = new Replicated(options.subsampleSize());
    degrees.put(
        name,
        new DegreeProfile(
            replicated.series(raw, options.protocol()),
            replicated.series(scaleFree, options.protocol())));
    replicates.put(
        name, new Measurement.Replicates(options.subsampleSize(), means(raw), means(scaleFree)));
  }

  private static List<SeriesValues> values(
      List<List<LayerDistance>> distances,
      Function<LayerDistance, @Nullable List<Double>> scaling,
      Function<List<Double>, Double> degree) {
    List<SeriesValues> values = new ArrayList<>();
    for (List<LayerDistance> replicate : distances) {
      List<@Nullable Double> series = new ArrayList<>();
      for (LayerDistance layer : replicate) {
        @Nullable List<Double> byDegree = scaling.apply(layer);
        series.add(byDegree == null ? null : degree.apply(byDegree));
      }
      values.add(SeriesValues.of(series));
    }
    return values;
  }

  private static List<@Nullable Double> means(List<SeriesValues> values) {
    List<@Nullable Double> means = new ArrayList<>();
    values.forEach(v -> means.add(v.mean()));
    return means;
  }
}
