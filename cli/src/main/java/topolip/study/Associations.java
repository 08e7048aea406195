package topolip.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.jspecify.annotations.Nullable;
import topolip.study.StudyResult.Association;

/// How measures go with a loss over networks: correlations, permutation tests and bootstrap
/// intervals.
///
/// Rows must be exchangeable: networks, not their trainings, since those of one network are not
/// independent of each other.
final class Associations {
  private static final int PERMUTATIONS = 9_999;
  private static final int RESAMPLES = 2_000;
  private static final int FEWEST = 4;

  /// Roundings must not make a permutation that does nothing look weaker than none.
  private static final double SLACK = 1e-9;

  private final String lossName;
  private final String among;
  private final double[] loss;
  private final int @Nullable [] groups;

  /// @param among which networks, for the result
  /// @param loss one a network
  /// @param groups of the networks, out of which nothing is permuted; null for one group
  Associations(String lossName, String among, double[] loss, int @Nullable [] groups) {
    this.lossName = lossName;
    this.among = among;
    this.loss = loss;
    this.groups = groups;
  }

  /// One association a measure; none if there are fewer than four networks, or the loss or a
  /// measure is the same everywhere.
  ///
  /// O(permutations · measures · networks).
  List<Association> with(Map<String, double[]> measures, long seed) {
    RankCorrelation lost = ranks(loss, groups);
    if (loss.length < FEWEST || lost.isConstant()) {
      return List.of();
    }
    Map<String, RankCorrelation> ranked = new LinkedHashMap<>();
    measures.forEach((name, values) -> {
      RankCorrelation ranks = ranks(values, groups);
      if (!ranks.isConstant()) {
        ranked.put(name, ranks);
      }
    });
    int[] own = new int[ranked.size()];
    int[] ofAny = new int[ranked.size()];
    countExceedances(lost, List.copyOf(ranked.values()), own, ofAny, seed);
    List<Association> associations = new ArrayList<>();
    ranked.forEach((name, ranks) -> {
      int m = associations.size();
      double[] interval = bootstrap(Objects.requireNonNull(measures.get(name)), seed);
      associations.add(
          new Association(
              name,
              lossName,
              among,
              loss.length,
              ranks.with(lost),
              interval[0],
              interval[1],
              groups == null ? ranks.kendall(lost) : null,
              (1.0 + own[m]) / (1 + PERMUTATIONS),
              (1.0 + ofAny[m]) / (1 + PERMUTATIONS)));
    });
    return associations;
  }

  private static RankCorrelation ranks(double[] values, int @Nullable [] groups) {
    return groups == null ? RankCorrelation.of(values) : RankCorrelation.within(values, groups);
  }

  /// Counts how often a permutation gives a correlation as large.
  ///
  /// @param own counts, of the measure itself
  /// @param ofAny counts, of any measure
  private void countExceedances(
      RankCorrelation lost, List<RankCorrelation> measures, int[] own, int[] ofAny, long seed) {
    double[] observed =
        measures.stream().mapToDouble(m -> Math.abs(m.with(lost)) - SLACK).toArray();
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    int[] order = IntStream.range(0, loss.length).toArray();
    for (int p = 0; p < PERMUTATIONS; p++) {
      shuffle(order, random);
      double largest = 0;
      for (int m = 0; m < observed.length; m++) {
        double correlation = Math.abs(measures.get(m).with(lost, order));
        own[m] += correlation >= observed[m] ? 1 : 0;
        largest = Math.max(largest, correlation);
      }
      for (int m = 0; m < observed.length; m++) {
        ofAny[m] += largest >= observed[m] ? 1 : 0;
      }
    }
  }

  private void shuffle(int[] order, UniformRandomProvider random) {
    if (groups == null) {
      PermutationSampler.shuffle(random, order);
      return;
    }
    for (int group : Arrays.stream(groups).distinct().toArray()) {
      int[] members = RankCorrelation.members(groups, group);
      int[] moved = Arrays.stream(members).map(i -> order[i]).toArray();
      PermutationSampler.shuffle(random, moved);
      for (int m = 0; m < members.length; m++) {
        order[members[m]] = moved[m];
      }
    }
  }

  /// The 95 % percentile interval of ρ, where it is defined, over networks drawn with replacement,
  /// within groups if there are.
  private double[] bootstrap(double[] values, long seed) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    int count = values.length;
    double[] correlations = new double[RESAMPLES];
    int defined = 0;
    for (int r = 0; r < RESAMPLES; r++) {
      int[] drawn = drawn(count, random);
      int @Nullable [] families = groups;
      int @Nullable [] of =
          families == null ? null : Arrays.stream(drawn).map(i -> families[i]).toArray();
      double[] x = Arrays.stream(drawn).mapToDouble(i -> values[i]).toArray();
      double[] y = Arrays.stream(drawn).mapToDouble(i -> loss[i]).toArray();
      RankCorrelation first = ranks(x, of);
      RankCorrelation second = ranks(y, of);
      if (!first.isConstant() && !second.isConstant()) {
        correlations[defined++] = first.with(second);
      }
    }
    Percentile percentile = new Percentile();
    percentile.setData(Arrays.copyOf(correlations, defined));
    return new double[] {percentile.evaluate(2.5), percentile.evaluate(97.5)};
  }

  private int[] drawn(int count, UniformRandomProvider random) {
    if (groups == null) {
      return IntStream.range(0, count).map(_ -> random.nextInt(count)).toArray();
    }
    return IntStream.range(0, count)
        .map(i -> {
          int[] members = RankCorrelation.members(groups, groups[i]);
          return members[random.nextInt(members.length)];
        })
        .toArray();
  }
}
