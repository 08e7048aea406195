package topolip.profile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.profile.Series.Estimate;

/// Mean TopoLip of model `first` minus that of model `second`, over the same subsamples; undefined
/// where a rate of either is.
///
/// @param degree `0`, `1`, … or `union`
public record Comparison(
    String first, String second, String degree, Estimate raw, Estimate scaleFree) {

  /// One comparison a degree of two networks measured on the same samples.
  static List<Comparison> of(String first, Measurement a, String second, Measurement b) {
    List<Comparison> comparisons = new ArrayList<>();
    a.replicates()
        .forEach((degree, ofA) -> {
          Measurement.Replicates ofB = b.replicates().get(degree);
          if (ofB != null) {
            comparisons.add(
                new Comparison(
                    first,
                    second,
                    degree,
                    difference(ofA.share(), ofA.raw(), ofB.raw()),
                    difference(ofA.share(), ofA.scaleFree(), ofB.scaleFree())));
          }
        });
    return comparisons;
  }

  private static Estimate difference(
      double share, List<@Nullable Double> a, List<@Nullable Double> b) {
    List<Integer> replicates = new ArrayList<>();
    for (int r = 0; r < a.size(); r++) {
      replicates.add(r);
    }
    return new Replicated(share).estimate(replicates, r -> minus(a.get(r), b.get(r)));
  }

  private static @Nullable Double minus(@Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? null : Double.valueOf(a - b);
  }
}
