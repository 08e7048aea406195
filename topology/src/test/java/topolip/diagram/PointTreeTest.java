package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PointTreeTest {
  private static final MatchingCost COST = new MatchingCost(2, 2);

  private static double[] values(int size, boolean onGrid, SplittableRandom random) {
    return random.doubles(size).map(x -> onGrid ? Math.floor(4 * x) : x).toArray();
  }

  @Test
  void findsTheCheapestPointsOfThoseThatRemain() {
    SplittableRandom random = new SplittableRandom(41);
    for (int round = 0; round < 200; round++) {
      int size = random.nextInt(100);
      double[] births = values(size, round % 2 == 0, random);
      double[] deaths = values(size, round % 2 == 0, random);
      double[] weights = values(size, round % 3 == 0, random);
      PointTree tree = new PointTree(COST, births, deaths);
      tree.weigh(weights);
      for (int removed = 0; removed < size / 4; removed++) {
        int point = random.nextInt(size);
        tree.remove(point);
        weights[point] = Double.NEGATIVE_INFINITY;
      }
      double birth = random.nextDouble(2);
      double death = random.nextDouble(2);
      double[] keys = new double[size];
      Arrays.setAll(keys, j -> COST.pair(birth - births[j], death - deaths[j]) - weights[j]);
      double bound = random.nextDouble(2) - 0.5;
      int origin = random.nextInt(100);
      int[] expected =
          IntStream.range(0, size)
              .filter(j -> keys[j] < bound)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer j) -> keys[j])
                      .thenComparingInt(j -> Math.floorMod(j - origin, size)))
              .limit(7)
              .mapToInt(j -> j)
              .toArray();

      CheapestPoints cheapest = new CheapestPoints(7, size);
      cheapest.start(origin, bound);
      tree.find(birth, death, cheapest);
      assertThat(IntStream.range(0, cheapest.size()).map(cheapest::point))
          .containsExactly(Arrays.stream(expected).boxed().toArray(Integer[]::new));

      int any = tree.findAny(birth, death, bound);
      assertThat(any >= 0).isEqualTo(expected.length > 0);
      assertThat(any < 0 || keys[any] < bound).isTrue();
    }
  }
}
