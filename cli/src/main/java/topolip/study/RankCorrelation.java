package topolip.study;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.KendallsCorrelation;
import org.hipparchus.stat.ranking.NaturalRanking;
import org.hipparchus.stat.ranking.TiesStrategy;

/// Ranks, centred and of length 1, so that Spearman's ρ of two of them is their inner product.
final class RankCorrelation {
  private static final NaturalRanking RANKING = new NaturalRanking(TiesStrategy.AVERAGE);

  private final double[] ranks;

  private RankCorrelation(double[] ranks) {
    this.ranks = ranks;
  }

  /// The ranks of values, ties averaged.
  static RankCorrelation of(double[] values) {
    return new RankCorrelation(unit(RANKING.rank(values)));
  }

  /// The ranks of values within their group, each group centred: what is left when groups as such
  /// are taken out.
  ///
  /// @param groups of the values
  static RankCorrelation within(double[] values, int[] groups) {
    double[] ranks = new double[values.length];
    for (int group : Arrays.stream(groups).distinct().toArray()) {
      int[] members = members(groups, group);
      double[] own = RANKING.rank(Arrays.stream(members).mapToDouble(i -> values[i]).toArray());
      double mean = (members.length + 1) / 2.0;
      for (int m = 0; m < members.length; m++) {
        ranks[members[m]] = own[m] - mean;
      }
    }
    return new RankCorrelation(unit(ranks));
  }

  static int[] members(int[] groups, int group) {
    return IntStream.range(0, groups.length).filter(i -> groups[i] == group).toArray();
  }

  private static double[] unit(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double norm = Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum());
    return Arrays.stream(values).map(v -> norm > 0 ? (v - mean) / norm : 0).toArray();
  }

  /// Whether all values are equal, so that nothing correlates.
  boolean isConstant() {
    return Arrays.stream(ranks).allMatch(r -> r == 0);
  }

  /// Spearman's ρ.
  double with(RankCorrelation other) {
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += ranks[i] * other.ranks[i];
    }
    return sum;
  }

  /// The same with the other's values in another order.
  double with(RankCorrelation other, int[] order) {
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += ranks[i] * other.ranks[order[i]];
    }
    return sum;
  }

  /// Kendall's τ_b.
  double kendall(RankCorrelation other) {
    return new KendallsCorrelation().correlation(ranks, other.ranks);
  }
}
