package topolip.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;

/// The numbers of NumPy and of GUDHI's Rips complex, from the definitions, on the clouds beside
/// this class.
class RepresentationMeasuresTest {
  private static final double[][] X = read("x.csv");
  private static final double[][] Y = read("y.csv");
  private static final double[][] Z = read("z.csv");

  @Test
  void alignmentEqualsThatOfTheInnerProducts() {
    assertThat(CentredKernelAlignment.debiased(distances(X), distances(Y)))
        .isCloseTo(0.6285470214559169, within(1e-12));
  }

  @Test
  void alignmentOfARotatedScaledCopyIsOne() {
    double[][] copy = new double[X.length][];
    Arrays.setAll(
        copy,
        i ->
            new double[] {
              -3 * X[i][1],
              3 * X[i][0],
              3 * X[i][2] + 5,
              3 * X[i][4],
              -3 * X[i][3],
              3 * X[i][5],
              3 * X[i][6]
            });
    assertThat(CentredKernelAlignment.debiased(distances(X), distances(copy)))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void alignmentOfIndependentWideDataIsNearZero() {
    Random random = new Random(1);
    double sum = 0;
    for (int trial = 0; trial < 20; trial++) {
      sum +=
          CentredKernelAlignment.debiased(
              distances(normal(random, 50, 200)), distances(normal(random, 50, 300)));
    }
    // The biased estimate would be about 0.81.
    assertThat(sum / 20).isCloseTo(0, within(0.02));
  }

  @Test
  void alignmentNeedsFourCommonSamples() {
    DistanceMatrix three = distances(new double[][] {{0}, {1}, {3}});
    assertThatThrownBy(() -> CentredKernelAlignment.debiased(three, three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 4: 3 and 3");
    assertThatThrownBy(() -> CentredKernelAlignment.debiased(distances(X), distances(Z)))
        .hasMessageContaining("40 and 25");
  }

  @Test
  void alignmentOfEqualPointsIsUndefined() {
    DistanceMatrix equal = distances(new double[6][2]);
    assertThat(CentredKernelAlignment.debiased(equal, equal)).isNaN();
  }

  @Test
  void divergenceOfRepresentationsEqualsTheReference() {
    assertThat(TopologyDivergence.ofRepresentations(distances(X), distances(Y)))
        .isCloseTo(4.282458041213439, within(1e-12));
  }

  @Test
  void divergenceOfEqualRepresentationsIsZeroAndScaleHasNoInfluence() {
    double[][] large = Arrays.stream(X).map(x -> scaled(x, 1000)).toArray(double[][]::new);
    assertThat(TopologyDivergence.ofRepresentations(distances(X), distances(X))).isZero();
    assertThat(TopologyDivergence.ofRepresentations(distances(X), distances(large)))
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void divergenceOfRepresentationsDependsOnTheCorrespondence() {
    double[][] shifted = new double[X.length][];
    Arrays.setAll(shifted, i -> X[(i + 1) % X.length]);
    assertThat(TopologyDivergence.ofRepresentations(distances(X), distances(shifted)))
        .isGreaterThan(1);
  }

  @Test
  void divergenceOfManifoldsEqualsTheReference() {
    double[][] both = Stream.of(X, Z).flatMap(Arrays::stream).toArray(double[][]::new);
    assertThat(TopologyDivergence.ofManifolds(distances(both), X.length))
        .isCloseTo(1.658586841077728, within(1e-12));
  }

  @Test
  void ranksEqualThoseOfTheSingularValues() {
    Spectrum spectrum = Spectrum.of(distances(X));
    assertThat(spectrum.effectiveRank()).isCloseTo(6.897734084151584, within(1e-6));
    assertThat(spectrum.stableRank()).isCloseTo(4.392334265581083, within(1e-10));
    assertThat(spectrum.participationRatio()).isCloseTo(6.274020219741981, within(1e-10));
  }

  @Test
  void ranksOfKnownSingularValues() {
    // Pairs ±σ/√2 on each axis: centred, with singular values 4, 2, 1, 1.
    double[] singular = {4, 2, 1, 1};
    double[][] points = new double[8][4];
    for (int axis = 0; axis < 4; axis++) {
      points[2 * axis][axis] = singular[axis] / Math.sqrt(2);
      points[2 * axis + 1][axis] = -singular[axis] / Math.sqrt(2);
    }
    Spectrum spectrum = Spectrum.of(distances(points));
    assertThat(spectrum.effectiveRank()).isCloseTo(3.36359, within(1e-5));
    assertThat(spectrum.stableRank()).isCloseTo(1.375, within(1e-12));
    assertThat(spectrum.participationRatio()).isCloseTo(1.76642, within(1e-5));
  }

  @Test
  void equalPointsHaveNoSpectrum() {
    assertThatThrownBy(() -> Spectrum.of(distances(new double[5][3])))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("5 points, most of them equal");
  }

  private static double[] scaled(double[] x, double factor) {
    return Arrays.stream(x).map(v -> factor * v).toArray();
  }

  private static double[][] normal(Random random, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      Arrays.setAll(row, _ -> random.nextGaussian());
    }
    return values;
  }

  private static DistanceMatrix distances(double[][] points) {
    return PointCloud.of(points).distances(1);
  }

  private static double[][] read(String name) {
    try (InputStream in = RepresentationMeasuresTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(
              line -> Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
