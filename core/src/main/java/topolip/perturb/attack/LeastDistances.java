package topolip.perturb.attack;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.descriptive.Quantile;
import org.jspecify.annotations.Nullable;

/// How far the nearest adversarial images are that an attack found: estimates of the least
/// distances, from above.
///
/// The distance of a point that is classified wrongly is 0, that of one for which no adversarial
/// image was found is infinite.
///
/// @param points how many
/// @param wrong how many of them are classified wrongly
/// @param notFound for how many no adversarial image was found
/// @param quantiles at some shares
public record LeastDistances(int points, int wrong, int notFound, List<AtShare> quantiles) {
  private static final double[] SHARES = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};

  public LeastDistances {
    quantiles = List.copyOf(quantiles);
  }

  /// A quantile.
  ///
  /// @param share of all points
  /// @param distance within which the model fails for this share of them, that between two points
  ///   being their mean; null where it is infinite
  public record AtShare(double share, @Nullable Double distance) {}

  /// @param nearest results of an attack that looks for the least distance
  /// @throws IllegalArgumentException if there are none
  public static LeastDistances of(List<AttackedPoint> nearest) {
    if (nearest.isEmpty()) {
      throw new IllegalArgumentException("there are no points");
    }
    double[] distances =
        nearest.stream()
            .mapToDouble(p -> p.robust() ? Double.POSITIVE_INFINITY : p.distance())
            .toArray();
    double[] values =
        Quantile.withDefaults().with(Quantile.EstimationMethod.HF2).evaluate(distances, SHARES);
    List<AtShare> quantiles = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      quantiles.add(new AtShare(SHARES[i], Double.isFinite(values[i]) ? values[i] : null));
    }
    int notFound = (int) nearest.stream().filter(AttackedPoint::robust).count();
    int wrong =
        (int) nearest.stream().filter(p -> p.outcome() == AttackedPoint.Outcome.WRONG).count();
    return new LeastDistances(nearest.size(), wrong, notFound, quantiles);
  }

  /// The median; null where it is infinite.
  public @Nullable Double median() {
    return quantiles.stream()
        .filter(quantile -> quantile.share() == 0.5)
        .findFirst()
        .orElseThrow()
        .distance();
  }
}
