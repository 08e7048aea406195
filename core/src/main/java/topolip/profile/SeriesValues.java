package topolip.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The series of one replicate; null where undefined.
///
/// @param cumulative undefined until the first rate that is defined
record SeriesValues(
    List<@Nullable Double> distance,
    List<@Nullable Double> rate,
    List<@Nullable Double> cumulative,
    List<@Nullable Double> quotient,
    @Nullable Double endToEnd,
    @Nullable Double max,
    @Nullable Double mean,
    @Nullable Double last) {

  /// Derives everything from the distances along the layers.
  static SeriesValues of(List<@Nullable Double> distance) {
    List<@Nullable Double> rate = new ArrayList<>();
    List<@Nullable Double> quotient = new ArrayList<>();
    for (int l = 0; l + 1 < distance.size(); l++) {
      @Nullable Double ratio = ratio(distance.get(l + 1), distance.get(l));
      quotient.add(ratio);
      rate.add(rate(distance.get(l), distance.get(l + 1)));
    }
    List<@Nullable Double> cumulative = cumulative(rate);
    List<Double> known = rate.stream().filter(Objects::nonNull).toList();
    return new SeriesValues(
        distance,
        rate,
        cumulative,
        quotient,
        distance.size() < 2 ? null : ratio(distance.getLast(), distance.getFirst()),
        known.isEmpty() ? null : known.stream().mapToDouble(x -> x).max().getAsDouble(),
        known.isEmpty() ? null : known.stream().mapToDouble(x -> x).sum() / known.size(),
        cumulative.isEmpty() ? null : cumulative.getLast());
  }

  /// How many of the rates are defined.
  int definedRates() {
    return (int) rate.stream().filter(Objects::nonNull).count();
  }

  private static @Nullable Double rate(@Nullable Double before, @Nullable Double after) {
    if (before == null || after == null) {
      return null;
    }
    return finite(Math.abs(after - before) / before);
  }

  private static @Nullable Double ratio(@Nullable Double after, @Nullable Double before) {
    return before == null || after == null ? null : finite(after / before);
  }

  /// A quotient by zero, or one that overflows, is undefined.
  private static @Nullable Double finite(double quotient) {
    return Double.isFinite(quotient) ? quotient : null;
  }

  private static List<@Nullable Double> cumulative(List<@Nullable Double> rate) {
    List<@Nullable Double> sums = new ArrayList<>();
    @Nullable Double total = null;
    for (@Nullable Double r : rate) {
      if (r != null) {
        total = total == null ? r : Double.valueOf(total + r);
      }
      sums.add(total);
    }
    return sums;
  }
}
