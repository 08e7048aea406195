package topolip.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import topolip.diagram.GroundNorm;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.geometry.PointCloud;
import topolip.profile.ModelProfile.DegreeProfile;
import topolip.representation.CentredKernelAlignment;

class ProfilerTest {

  private static ProfileOptions options(Protocol protocol, int subsamples) {
    return new ProfileOptions(
        protocol, List.of(0, 1), 1, GroundNorm.L_INFINITY, subsamples, 0.8, 3);
  }

  /// Two points at distance `gap` on a line.
  private static PointCloud pair(double gap) {
    return PointCloud.of(new double[][] {{0}, {gap}});
  }

  private static LayerClouds layer(int index, PointCloud cloud, @Nullable PointCloud perturbed) {
    return new LayerClouds(index, "l" + index, "test", List.of(1), cloud, perturbed);
  }

  private static List<LayerClouds> random(int n, boolean paired) {
    SplittableRandom random = new SplittableRandom(9);
    List<LayerClouds> layers = new ArrayList<>();
    for (int l = 0; l < 4; l++) {
      PointCloud[] clouds = new PointCloud[2];
      for (int c = 0; c < 2; c++) {
        double[][] points = new double[n][3];
        for (double[] point : points) {
          for (int k = 0; k < 3; k++) {
            point[k] = (l + 1) * random.nextDouble();
          }
        }
        clouds[c] = PointCloud.of(points);
      }
      layers.add(layer(l, clouds[0], paired ? clouds[1] : null));
    }
    return layers;
  }

  private static Measurement measure(ProfileOptions options, List<LayerClouds> layers, int threads)
      throws IOException {
    try (LocalEngine engine = new LocalEngine(threads)) {
      return new Profiler(options, engine, Progress.NONE).measure("net", layers);
    }
  }

  private static DegreeProfile degree(Measurement measurement, String degree) {
    return Objects.requireNonNull(measurement.degrees().get(degree));
  }

  @Test
  void adjacentDistancesAreThoseOfNeighbouringLayers() throws IOException {
    // Diagrams in degree 0: one point (0, gap). Matching two costs at most half of each gap.
    Measurement m =
        measure(
            options(Protocol.ADJACENT, 0),
            List.of(layer(0, pair(1), null), layer(1, pair(1.5), null), layer(2, pair(9), null)),
            1);

    assertThat(degree(m, "0").raw().distance().value()).containsExactly(0.5, 0.75 + 4.5);
    assertThat(degree(m, "0").raw().rate().value()).containsExactly((5.25 - 0.5) / 0.5);
    assertThat(degree(m, "1").raw().distance().value()).containsExactly(0.0, 0.0);
    assertThat(degree(m, "1").raw().topolip().mean().value()).isNull();
    assertThat(degree(m, "union").raw().distance().value()).containsExactly(0.5, 5.25);
    assertThat(m.layers().get(2).scale()).isEqualTo(9);
    // Divided by its scale, every layer is the same pair.
    assertThat(degree(m, "0").scaleFree().distance().value()).containsExactly(0.0, 0.0);
  }

  @Test
  void pairedDistancesAreThoseOfEachLayerWithItsPerturbedCopy() throws IOException {
    Measurement m =
        measure(
            options(Protocol.PAIRED, 0),
            List.of(layer(0, pair(4), pair(5)), layer(1, pair(8), pair(8.5))),
            1);

    assertThat(degree(m, "0").raw().distance().value()).containsExactly(1.0, 0.5);
    assertThat(degree(m, "0").raw().quotient())
        .extracting(Series.Estimates::value)
        .isEqualTo(List.of(0.5));
    assertThat(degree(m, "0").raw().endToEnd()).isEqualTo(new Series.Estimate(0.5, null, null));
    assertThat(m.layers().get(1).perturbedScale()).isEqualTo(8.5);
  }

  @Test
  void activationsInAnotherUnitChangeRawDistancesOnly() throws IOException {
    List<LayerClouds> layers = random(40, false);
    List<LayerClouds> tenfold =
        layers.stream()
            .map(layer -> {
              double[][] points = new double[40][3];
              for (int i = 0; i < 40; i++) {
                for (int k = 0; k < 3; k++) {
                  points[i][k] = 8 * layer.cloud().coordinate(i, k);
                }
              }
              return layer(layer.index(), PointCloud.of(points), null);
            })
            .toList();
    Series before = degree(measure(options(Protocol.ADJACENT, 0), layers, 1), "1").raw();
    Measurement after = measure(options(Protocol.ADJACENT, 0), tenfold, 1);

    for (int l = 0; l < 3; l++) {
      assertThat(degree(after, "1").raw().distance().value().get(l))
          .isCloseTo(8 * before.distance().value().get(l), within(1e-12));
    }
    assertThat(degree(after, "1").scaleFree())
        .usingRecursiveComparison()
        .isEqualTo(degree(measure(options(Protocol.ADJACENT, 0), layers, 1), "1").scaleFree());
  }

  @Test
  void numbersDoNotDependOnThreads() throws IOException {
    for (Protocol protocol : Protocol.values()) {
      List<LayerClouds> layers = random(50, protocol == Protocol.PAIRED);
      Measurement one = measure(options(protocol, 6), layers, 1);
      Measurement four = measure(options(protocol, 6), layers, 4);

      assertThat(four).isEqualTo(one);
    }
  }

  @Test
  void intervalsHoldTheValueOfTheWholeSample() throws IOException {
    for (Protocol protocol : Protocol.values()) {
      Measurement m = measure(options(protocol, 10), random(50, protocol == Protocol.PAIRED), 2);
      Series.Estimate mean = degree(m, "0").raw().topolip().mean();

      assertThat(Objects.requireNonNull(m.replicates().get("0")).raw()).hasSize(11);
      assertThat(mean.low()).isLessThan(mean.value());
      assertThat(mean.high()).isGreaterThan(mean.value());
    }
  }

  @Test
  void comparisonIsTheFirstMinusTheSecond() {
    Measurement a = replicates(List.of(5.0, 4.0, 6.0), List.of(1.0, 1.5, 0.5));
    Measurement b = replicates(List.of(2.0, 2.0, 2.0), List.of(3.0, 3.0, 3.0));

    Comparison c = Comparison.of("a", a, "b", b).getFirst();

    assertThat(c.raw().value()).isEqualTo(3.0);
    assertThat(c.raw().low()).isLessThan(3.0);
    assertThat(c.scaleFree().value()).isEqualTo(-2.0);
    assertThat(Comparison.of("b", b, "a", a).getFirst().raw().value()).isEqualTo(-3.0);
  }

  private static Measurement replicates(
      List<@Nullable Double> raw, List<@Nullable Double> scaleFree) {
    return new Measurement(
        List.of(),
        Map.of(),
        List.of(),
        Map.of(),
        Map.of("0", new Measurement.Replicates(0.8, raw, scaleFree)));
  }

  @Test
  void networkComparedWithItselfDiffersByNothing() throws IOException {
    Measurement m = measure(options(Protocol.ADJACENT, 10), random(50, false), 2);

    assertThat(Comparison.of("a", m, "b", m))
        .hasSize(3)
        .allSatisfy(c -> assertThat(c.raw()).isEqualTo(new Series.Estimate(0.0, 0.0, 0.0)));
  }

  @Test
  void layerThatMovesAllSamplesAlikeHasDistanceZeroAndNoRate() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    double[][] points = new double[40][5];
    double[][] moved = new double[40][5];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < 5; k++) {
        points[i][k] = (float) random.nextDouble();
        // As activations are: rounded to 32 bits.
        moved[i][k] = (float) (points[i][k] + 3.7 * k);
      }
    }
    Series series =
        degree(
                measure(
                    options(Protocol.ADJACENT, 0),
                    List.of(
                        layer(0, PointCloud.of(points), null),
                        layer(1, PointCloud.of(moved), null),
                        layer(2, random(40, false).get(2).cloud(), null)),
                    1),
                "union")
            .raw();
    assertThat(series.distance().value().getFirst()).isZero();
    assertThat(series.rate().value().getFirst()).isNull();
    assertThat(series.distance().value().get(1)).isPositive();
  }

  @Test
  void layersAreMeasuredByWhatElseIsKnown() throws IOException {
    ProfileOptions adjacent =
        new ProfileOptions(
            Protocol.ADJACENT,
            List.of(0, 1),
            1,
            GroundNorm.L_INFINITY,
            0,
            0.8,
            0,
            EnumSet.complementOf(EnumSet.of(LayerMeasure.MTOPDIV)));
    List<LayerClouds> layers = random(30, false);
    Measurement m = measure(adjacent, layers, 2);
    assertThat(m.measures().keySet())
        .containsExactly(
            "cka",
            "rtd",
            "effective-rank",
            "stable-rank",
            "participation-ratio",
            "entropy-0",
            "entropy-1");
    // Four layers have three neighbouring pairs.
    assertThat(m.measures().get("cka")).hasSize(3).doesNotContainNull();
    assertThat(m.measures().get("effective-rank"))
        .hasSize(4)
        .allSatisfy(rank -> assertThat(rank).isBetween(1.0, 3.0));
    assertThat(m.measures().get("cka").getFirst())
        .isEqualTo(
            CentredKernelAlignment.debiased(
                layers.get(0).cloud().distances(1), layers.get(1).cloud().distances(1)));
    assertThat(measure(adjacent, layers, 1)).isEqualTo(m);

    Measurement paired =
        measure(
            new ProfileOptions(
                Protocol.PAIRED,
                List.of(0),
                1,
                GroundNorm.L_INFINITY,
                0,
                0.8,
                0,
                EnumSet.of(LayerMeasure.RTD, LayerMeasure.MTOPDIV)),
            random(30, true),
            1);
    assertThat(paired.measures().get("mtopdiv")).hasSize(4).doesNotContainNull();
    assertThat(paired.measures().get("rtd")).hasSize(4).doesNotContainNull();
    assertThatThrownBy(() ->
            new ProfileOptions(
                Protocol.ADJACENT,
                List.of(0),
                1,
                GroundNorm.L_2,
                0,
                0.8,
                0,
                EnumSet.of(LayerMeasure.MTOPDIV)))
        .hasMessageContaining("mtopdiv")
        .hasMessageContaining("paired protocol");
  }

  @Test
  void layerOfEqualPointsHasNoScale() throws IOException {
    PointCloud same = PointCloud.of(new double[][] {{1}, {1}, {1}});
    PointCloud apart = PointCloud.of(new double[][] {{0}, {1}, {3}});
    Measurement m =
        measure(
            options(Protocol.ADJACENT, 0),
            List.of(layer(0, apart, null), layer(1, same, null), layer(2, apart, null)),
            1);

    assertThat(degree(m, "0").scaleFree().distance().value()).containsExactly(null, null);
    assertThat(degree(m, "0").raw().distance().value()).containsExactly(1.5, 1.5);
  }

  @Test
  void wrongCallsAreRefused() {
    List<LayerClouds> one = random(10, false).subList(0, 1);
    assertThatThrownBy(() -> measure(options(Protocol.ADJACENT, 0), one, 1))
        .hasMessage("net: a profile needs at least two layers, not 1");
    assertThatThrownBy(() -> measure(options(Protocol.PAIRED, 0), random(10, false), 1))
        .hasMessageContaining("paired protocol");
    List<LayerClouds> unequal = List.of(random(10, false).get(0), random(11, false).get(1));
    assertThatThrownBy(() -> measure(options(Protocol.ADJACENT, 0), unequal, 1))
        .hasMessage("net: layer l1 has 11 samples, but layer l0 has 10");
    assertThatThrownBy(() -> layer(0, pair(1), PointCloud.of(new double[][] {{1}})))
        .hasMessageContaining("2 samples, but 1 perturbed ones");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> options(Protocol.ADJACENT, -1)).hasMessageContaining("-1");
    assertThatThrownBy(
            () -> new ProfileOptions(Protocol.ADJACENT, List.of(), 1, GroundNorm.L_2, 0, 0.8, 0))
        .hasMessageContaining("degrees");
    assertThatThrownBy(
            () -> new ProfileOptions(Protocol.ADJACENT, List.of(0), 0.5, GroundNorm.L_2, 0, 0.8, 0))
        .hasMessageContaining("order");
    assertThatThrownBy(
            () -> new ProfileOptions(Protocol.ADJACENT, List.of(0), 1, GroundNorm.L_2, 0, 1, 0))
        .hasMessageContaining("between 0 and 1");
  }
}
