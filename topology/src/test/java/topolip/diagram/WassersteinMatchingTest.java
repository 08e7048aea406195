package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topolip.homology.PersistenceDiagram;

class WassersteinMatchingTest {

  @ParameterizedTest
  @CsvSource({"1, L_INFINITY, 1", "2, L_2, 1", "2, L_ORDER, 0", "1, L_1, 0.5", "3, L_INFINITY, 0"})
  void costsOfAMatchingSumToTheDistance(double order, GroundNorm ground, double birth) {
    SplittableRandom random = new SplittableRandom(21);
    for (int round = 0; round < 30; round++) {
      PersistenceDiagram a = RandomDiagrams.of(random.nextInt(200), 2, birth, 0, random);
      PersistenceDiagram b = RandomDiagrams.of(random.nextInt(200), 2, birth, 0, random);
      Wasserstein metric = new Wasserstein(order, ground);
      Matching matching = metric.matching(a, b);
      MatchingCost cost = new MatchingCost(metric);
      double total = 0;
      for (Matching.Pair pair : matching.pairs()) {
        double deaths =
            a.isEssential(pair.first()) && b.isEssential(pair.second())
                ? 0
                : a.death(pair.first()) - b.death(pair.second());
        total += cost.pair(a.birth(pair.first()) - b.birth(pair.second()), deaths);
      }
      for (int i : matching.firstToDiagonal()) {
        total += cost.diagonal(a.death(i) - a.birth(i));
      }
      for (int j : matching.secondToDiagonal()) {
        total += cost.diagonal(b.death(j) - b.birth(j));
      }
      double distance = metric.distance(a, b);
      assertThat(matching.distance()).isEqualTo(distance);
      assertThat(cost.root(total)).isCloseTo(distance, within(1e-12 * Math.max(1, distance)));
    }
  }

  @Test
  void everyPointIsMatchedOrLeftOnce() {
    SplittableRandom random = new SplittableRandom(22);
    for (double birth : new double[] {0, 1}) {
      PersistenceDiagram a = RandomDiagrams.of(90, 3, birth, 0.1, random);
      PersistenceDiagram b = RandomDiagrams.of(150, 1, birth, 0, random);
      Matching matching = new Wasserstein(2, GroundNorm.L_2).matching(a, b);

      assertThat(
              Stream.concat(
                  matching.pairs().stream().map(Matching.Pair::first),
                  matching.firstToDiagonal().stream()))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, a.size()).boxed().toList());
      assertThat(
              Stream.concat(
                  matching.pairs().stream().map(Matching.Pair::second),
                  matching.secondToDiagonal().stream()))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, b.size()).boxed().toList());
    }
  }

  @Test
  void indicesAreThoseOfTheArguments() {
    PersistenceDiagram two = PersistenceDiagram.of(1, new double[] {0, 5}, new double[] {1, 9});
    PersistenceDiagram one = PersistenceDiagram.of(1, new double[] {5}, new double[] {9.5});
    Wasserstein metric = new Wasserstein(1, GroundNorm.L_INFINITY);

    Matching matching = metric.matching(two, one);
    assertThat(matching.pairs()).containsExactly(new Matching.Pair(1, 0));
    assertThat(matching.firstToDiagonal()).containsExactly(0);
    assertThat(matching.secondToDiagonal()).isEmpty();
    assertThat(matching.distance()).isEqualTo(1);

    Matching reversed = metric.matching(one, two);
    assertThat(reversed.pairs()).containsExactly(new Matching.Pair(0, 1));
    assertThat(reversed.secondToDiagonal()).containsExactly(0);
  }

  @Test
  void essentialClassesInExcessAreUnmatchedAtInfiniteCost() {
    SplittableRandom random = new SplittableRandom(23);
    PersistenceDiagram a = RandomDiagrams.of(3, 2, 1, 0, random);
    PersistenceDiagram b = RandomDiagrams.of(3, 1, 1, 0, random);

    Matching matching = new Wasserstein(1, GroundNorm.L_INFINITY).matching(a, b);
    assertThat(matching.distance()).isInfinite();
    assertThat(matching.firstToDiagonal()).anyMatch(a::isEssential);
  }

  @Test
  void boundsHoldTheDistanceWithinTheErrorThatWasAskedFor() {
    SplittableRandom random = new SplittableRandom(24);
    int early = 0;
    for (int round = 0; round < 40; round++) {
      PersistenceDiagram a = RandomDiagrams.of(150 + random.nextInt(150), 1, 3, 0, random);
      PersistenceDiagram b = RandomDiagrams.of(150 + random.nextInt(150), 1, 3, 0, random);
      Wasserstein metric = new Wasserstein(1 + round % 3, GroundNorm.L_2);
      double exact = metric.distance(a, b);
      for (double error : new double[] {1e-6, 0.01, 0.5}) {
        DistanceBounds bounds = metric.bounds(a, b, error);
        assertThat(bounds.lowerBound()).isLessThanOrEqualTo(exact * (1 + 1e-13));
        assertThat(bounds.distance()).isGreaterThanOrEqualTo(exact * (1 - 1e-13));
        assertThat(bounds.relativeError()).isBetween(0.0, error + 1e-12);
        early += bounds.distance() > exact * (1 + 1e-13) ? 1 : 0;
      }
      DistanceBounds none = metric.bounds(a, b, 0);
      assertThat(none.distance()).isEqualTo(exact);
      assertThat(none.relativeError()).isZero();
    }
    assertThat(early).as("searches that ended before the optimum").isPositive();
  }
}
