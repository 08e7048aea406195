package topolip.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import topolip.study.StudyResult.Association;

class AssociationsTest {
  private static final double[] X = {3.1, 2.2, 5.5, 5.5, 1.0, 7.3, 4.4, 2.9, 6.1, 0.5};
  private static final double[] Y = {0.31, 0.12, 0.44, 0.52, 0.12, 0.40, 0.61, 0.25, 0.33, 0.05};

  @Test
  void coefficientsEqualThoseOfSciPy() {
    Association association = only(X, Y);
    assertThat(association.spearman()).isCloseTo(0.7743902439024392, within(1e-12));
    assertThat(association.kendall()).isCloseTo(0.6136363636363636, within(1e-12));
    assertThat(association.count()).isEqualTo(10);
    assertThat(association.low()).isLessThan(association.spearman());
    assertThat(association.high()).isGreaterThan(association.spearman());
  }

  @Test
  void pValueIsTheShareOfAllPermutations() {
    double[] x = {1, 4, 2, 5, 3, 6, 7};
    double[] y = {2, 5, 1, 7, 3, 6, 4};
    // Of all 5,040 permutations, counted; four standard errors of 9,999 drawn ones.
    double exact = 0.0880952380952381;
    double error = 4 * Math.sqrt(exact * (1 - exact) / 9_999);
    assertThat(only(x, y).p()).isCloseTo(exact, within(error));
  }

  @Test
  void testsHaveTheirSizeWhenNothingIsAssociated() {
    Random random = new Random(5);
    int rejected = 0;
    int rejectedAny = 0;
    int trials = 120;
    for (int t = 0; t < trials; t++) {
      Map<String, double[]> measures = new LinkedHashMap<>();
      for (int m = 0; m < 10; m++) {
        measures.put("m" + m, normal(random, 12));
      }
      List<Association> found =
          new Associations("loss", "all", normal(random, 12), null).with(measures, t);
      rejected += found.getFirst().p() <= 0.05 ? 1 : 0;
      rejectedAny += found.stream().anyMatch(a -> a.familyWise() <= 0.05) ? 1 : 0;
    }
    // Binomial with mean 6 and standard deviation 2.4; the corrected test is right for ten
    // measures.
    assertThat(rejected).isBetween(0, 15);
    assertThat(rejectedAny).isBetween(0, 15);
  }

  @Test
  void correctionForManyMeasuresRaisesTheValue() {
    Random random = new Random(2);
    Map<String, double[]> measures = new LinkedHashMap<>();
    measures.put("own", X);
    for (int m = 0; m < 30; m++) {
      measures.put("m" + m, normal(random, X.length));
    }
    List<Association> found = new Associations("loss", "all", Y, null).with(measures, 1);
    assertThat(found)
        .hasSize(31)
        .allSatisfy(a -> assertThat(a.familyWise()).isGreaterThanOrEqualTo(a.p()));
    assertThat(found.getFirst().familyWise()).isGreaterThan(3 * found.getFirst().p());
  }

  @Test
  void aDifferenceOfFamiliesAloneIsNoAssociationWithinThem() {
    // The second family has more of both; inside a family they are opposed.
    double[] measure = {1, 2, 3, 4, 11, 12, 13, 14};
    double[] loss = {4, 3, 2, 1, 14, 13, 12, 11};
    int[] families = {0, 0, 0, 0, 1, 1, 1, 1};
    Map<String, double[]> measures = Map.of("m", measure);
    Association all = new Associations("l", "all", loss, null).with(measures, 0).getFirst();
    Association within =
        new Associations("l", "within", loss, families).with(measures, 0).getFirst();
    assertThat(all.spearman()).isPositive();
    assertThat(within.spearman()).isCloseTo(-1, within(1e-12));
    // 2 of the 4!² orders within families are as extreme.
    assertThat(within.p()).isLessThan(0.02);
  }

  @Test
  void whatIsTheSameEverywhereCorrelatesWithNothing() {
    double[] constant = new double[X.length];
    assertThat(new Associations("l", "all", constant, null).with(Map.of("m", X), 0)).isEmpty();
    assertThat(new Associations("l", "all", X, null).with(Map.of("m", constant), 0)).isEmpty();
    double[] three = {1, 2, 3};
    assertThat(new Associations("l", "all", three, null).with(Map.of("m", three), 0)).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameNumbers() {
    assertThat(only(X, Y)).isEqualTo(only(X, Y));
  }

  private static Association only(double[] x, double[] y) {
    return new Associations("loss", "all", y, null).with(Map.of("m", x), 0).getFirst();
  }

  private static double[] normal(Random random, int count) {
    double[] values = new double[count];
    Arrays.setAll(values, _ -> random.nextGaussian());
    return values;
  }
}
