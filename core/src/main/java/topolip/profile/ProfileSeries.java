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

  private final Protocol protocol;
  private final double share;
  private final Map<String, DegreeProfile> degrees = new LinkedHashMap<>();
  private final Map<String, Measurement.Replicates> replicates = new LinkedHashMap<>();

  /// @param share m/n of the subsamples
  /// @param distances `[replicate][layer]`
  ProfileSeries(ProfileOptions options, double share, List<List<LayerDistance>> distances) {
    this.protocol = options.protocol();
    this.share = share;
    for (int k = 0; k < options.degrees().size(); k++) {
      int degree = k;
      add(Integer.toString(options.degrees().get(k)), distances, w -> w.get(degree));
    }
    add(UNION, distances, w -> w.stream().mapToDouble(x -> x).sum());
  }

  Map<String, DegreeProfile> degrees() {
    return degrees;
  }

  Map<String, Measurement.Replicates> replicates() {
    return replicates;
  }

  private void add(
      String name, List<List<LayerDistance>> distances, Function<List<Double>, Double> degree) {
    List<SeriesValues> raw = values(distances, LayerDistance::raw, degree);
    List<SeriesValues> scaleFree = values(distances, LayerDistance::scaleFree, degree);
    Replicated replicated = new Replicated(share);
    degrees.put(
        name,
        new DegreeProfile(
            replicated.series(raw, protocol), replicated.series(scaleFree, protocol)));
    replicates.put(name, new Measurement.Replicates(share, means(raw), means(scaleFree)));
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

  /// A mean over some of the rates is not comparable with another network's.
  private static List<@Nullable Double> means(List<SeriesValues> values) {
    List<@Nullable Double> means = new ArrayList<>();
    values.forEach(v -> means.add(v.definedRates() == v.rate().size() ? v.mean() : null));
    return means;
  }
}
