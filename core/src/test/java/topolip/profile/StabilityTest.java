package topolip.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import topolip.geometry.PointCloud;
import topolip.homology.VietorisRips;
import topolip.lipschitz.Bound;

class StabilityTest {

  private static PointCloud pair(double from, double to) {
    return PointCloud.of(new double[][] {{from, 0}, {to, 0}});
  }

  private static LayerShape shape(PointCloud cloud) {
    return new LayerShape(1, VietorisRips.upTo(0).diagrams(cloud.distances(1)));
  }

  private static Stability stability(PointCloud clean, PointCloud perturbed) {
    LayerClouds clouds = new LayerClouds(3, "relu", "Relu", List.of(2), clean, perturbed);
    return Stability.of("net, layer 3 (relu)", clouds, shape(clean), shape(perturbed));
  }

  @Test
  void pointsThatMoveApartReachTheBound() {
    // One interval (0, 2) becomes (0, 3): each point moved by a half.
    Stability stability = stability(pair(0, 2), pair(-0.5, 2.5));

    assertThat(stability.displacement()).isEqualTo(0.5);
    assertThat(stability.bottleneck()).containsExactly(1.0);
    assertThat(stability.proved()).isNull();
  }

  @Test
  void pointsThatMoveTogetherChangeNoDiagram() {
    Stability stability = stability(pair(0, 2), pair(5, 7));

    assertThat(stability.displacement()).isEqualTo(5);
    assertThat(stability.bottleneck()).containsExactly(0.0);
  }

  @Test
  void diagramsThatMovedFurtherThanTheirPointsAreADefect() {
    PointCloud cloud = pair(0, 2);
    LayerClouds clouds = new LayerClouds(3, "relu", "Relu", List.of(2), cloud, pair(0, 2.5));

    assertThatThrownBy(
            () -> Stability.of("net, layer 3 (relu)", clouds, shape(cloud), shape(pair(0, 3.1))))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("net, layer 3 (relu): the bottleneck distance 1.1")
        .hasMessageContaining("exceeds its proved upper bound 1.0");
  }

  @Test
  void provedSideIsTwiceTheConstantTimesTheLargestStepOfTheInput() {
    Stability stability =
        stability(pair(0, 2), pair(-0.5, 2.5))
            .proved("net", Bound.of(Bound.Kind.UPPER, 50, "C2"), 0.1, null);
    Stability.Proved proved = Objects.requireNonNull(stability.proved());

    assertThat(proved.constantLog10()).isCloseTo(Math.log10(50), within(1e-12));
    assertThat(proved.boundLog10()).isCloseTo(1, within(1e-12));
    assertThat(proved.tightnessLog10()).isCloseTo(1, within(1e-12));
  }

  @Test
  void constantThatIsTooSmallFailsLoudly() {
    Stability seen = stability(pair(0, 2), pair(-0.5, 2.5));
    Bound wrong = Bound.of(Bound.Kind.UPPER, 4.9, "C2");

    assertThatThrownBy(() -> seen.proved("net, layer 3 (relu)", wrong, 0.1, null))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("net, layer 3 (relu): activations moved by 0.5, which exceeds");
  }

  @Test
  void layerWithoutAConstantIsNamed() {
    Bound infinite = new Bound(Bound.Kind.UPPER, Double.POSITIVE_INFINITY, "composition");
    Stability stability =
        stability(pair(0, 2), pair(0, 2)).proved("net", infinite, 0.1, "pow_1 (Pow): unknown");

    assertThat(stability.proved()).isNull();
    assertThat(stability.unbounded()).isEqualTo("pow_1 (Pow): unknown");
  }

  @Test
  void layerThatIsConstantHasNoLogarithms() {
    Bound zero = Bound.of(Bound.Kind.UPPER, 0, "C2");
    Stability stability = stability(pair(0, 2), pair(0, 2)).proved("net", zero, 0.1, null);

    assertThat(stability.proved()).isEqualTo(new Stability.Proved(null, null, null));
  }
}
