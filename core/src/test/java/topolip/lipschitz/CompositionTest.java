package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CompositionTest {
  private static final InputRegion ANYWHERE = new InputRegion(Map.of(), Map.of());

  private static LayerGraph.Node map(String output, double constant, String input) {
    return node(
        output,
        new Layer.Map(Bound.of(Bound.Kind.UPPER, constant, "test"), Growth.ROWS_KEPT),
        input);
  }

  private static LayerGraph.Node node(String output, Layer layer, String... inputs) {
    return new LayerGraph.Node(output, "Test", layer, List.of(inputs), 2);
  }

  private static LayerGraph graph(LayerGraph.Node... nodes) {
    return new LayerGraph("x", 2, List.of(nodes));
  }

  private static double at(LayerGraph graph, String source, String tensor) {
    return Objects.requireNonNull(Composition.of(graph, source, ANYWHERE).at(tensor)).value();
  }

  @Test
  void chainsMultiply() {
    assertThat(at(graph(map("a", 3, "x"), map("b", 0.5, "a")), "x", "b"))
        .isCloseTo(1.5, within(1e-12));
  }

  @Test
  void residualAddsOneToTheProduct() {
    LayerGraph graph =
        graph(
            map("a", 3, "x"),
            map("b", 2, "a"),
            node("sum", new Layer.Sum(List.of(1.0, 1.0)), "b", "x"));
    assertThat(at(graph, "x", "sum")).isCloseTo(7, within(1e-12));
  }

  @Test
  void besideEachOtherIsTheRootOfTheSumOfSquares() {
    LayerGraph graph =
        graph(
            map("a", 3, "x"),
            map("b", 4, "x"),
            node("both", new Layer.Stack(List.of(1.0, 1.0), true, 0), "a", "b"));
    assertThat(at(graph, "x", "both")).isCloseTo(5, within(1e-12));
  }

  @Test
  void theLayerThatHasNoConstantIsNamedEverywhereBehindIt() {
    LayerGraph graph =
        graph(
            map("a", 3, "x"),
            node("bad", new Layer.Unbounded("it jumps"), "a"),
            map("c", 2, "bad"));
    Composition composition = Composition.of(graph, "x", ANYWHERE);
    assertThat(at(graph, "x", "c")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(composition.unboundedLayer("c")).isEqualTo("bad (Test): it jumps");
    assertThat(composition.unboundedLayer("a")).isNull();
  }

  @Test
  void productsBeyondDoublesStayFiniteAsLogarithms() {
    LayerGraph graph = graph(map("a", 1e200, "x"), map("b", 1e200, "a"));
    Bound bound = Objects.requireNonNull(Composition.of(graph, "x", ANYWHERE).at("b"));
    assertThat(bound.value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(bound.log10()).isCloseTo(400, within(1e-9));
    assertThat(bound.isVacuous()).isTrue();
  }

  @Test
  void aTensorThatOtherPathsReachHasNoBoundFromOneOfThem() {
    LayerGraph graph =
        graph(
            map("a", 3, "x"),
            map("b", 2, "a"),
            node("sum", new Layer.Sum(List.of(1.0, 1.0)), "b", "x"));
    assertThat(Composition.of(graph, "a", ANYWHERE).at("sum")).isNull();
    assertThat(at(graph, "a", "b")).isCloseTo(2, within(1e-12));
    assertThatThrownBy(() -> Composition.of(graph, "nothing", ANYWHERE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing");
  }

  @Test
  void aLayerNormalisationIsBoundedByTheLeastDeviationOfTheRegion() {
    LayerGraph graph =
        graph(node("y", new Layer.RowNormalisation(2, 1e-6, true, Growth.bounded(2, 2)), "x"));
    assertThat(at(graph, "x", "y")).isCloseTo(2000, within(1e-9));
    InputRegion region = new InputRegion(Map.of(), Map.of("y", 0.5));
    assertThat(Objects.requireNonNull(Composition.of(graph, "x", region).at("y")).value())
        .isCloseTo(4, within(1e-4));
  }

  @Test
  void aGraphIsInTopologicalOrder() {
    assertThatThrownBy(() -> graph(map("b", 1, "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("before they are made");
  }

  /// The product of spectral norms against written-out Jacobians.
  @Test
  void noJacobianExceedsTheBoundAndNoActivationItsSize() {
    double closest = 0;
    for (int seed = 0; seed < 50; seed++) {
      DenseNetwork net = DenseNetwork.random(seed, 6, 9, 7, 4);
      LayerGraph graph = net.graph();
      Composition composition = Composition.of(graph, "input", InputRegion.unitImages(graph));
      Map<String, ActivationSize> sizes = ActivationSize.of(graph);
      var images = DenseNetwork.images(net.inputShape(), 4, seed);
      for (int i = 0; i < 4; i++) {
        double[] image = net.image(images, i);
        for (int layers = 1; layers <= 3; layers++) {
          String tensor = (layers == 3 ? "product" : "layer") + (layers - 1);
          double norm = SpectralNorm.value(DenseNetwork.matrix(net.jacobian(image, layers)));
          Bound bound = Objects.requireNonNull(composition.at(tensor));
          assertThat(norm).isLessThanOrEqualTo(bound.value());
          closest = Math.max(closest, norm / bound.value());
          double largest = 0;
          for (double value : net.values(image, layers)) {
            largest = Math.max(largest, Math.abs(value));
          }
          assertThat(largest)
              .isLessThanOrEqualTo(Objects.requireNonNull(sizes.get(tensor)).entry());
        }
      }
    }
    assertThat(closest).isGreaterThan(0.8);
  }

  @Test
  void oneLinearLayerIsExact() {
    DenseNetwork net = DenseNetwork.random(3, 8, 5);
    double norm = SpectralNorm.value(DenseNetwork.matrix(net.weights.getFirst()));
    assertThat(at(net.graph(), "input", "product0")).isCloseTo(norm, within(1e-6 * norm));
  }
}
