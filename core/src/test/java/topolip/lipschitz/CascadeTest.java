package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class CascadeTest {

  private static double bound(List<DMatrixRMaj> weights) {
    Cascade cascade = first(weights.getFirst());
    for (DMatrixRMaj w : weights.subList(1, weights.size())) {
      cascade = Objects.requireNonNull(cascade.then(w.getNumRows(), () -> w));
    }
    return Math.exp(cascade.logarithm());
  }

  private static Cascade first(DMatrixRMaj weights) {
    double norm = SpectralNorm.upper(weights).logarithm();
    return Cascade.of("x", weights.getNumRows(), () -> weights, norm);
  }

  private static double product(List<DMatrixRMaj> weights) {
    return weights.stream().mapToDouble(SpectralNorm::value).reduce(1, (a, b) -> a * b);
  }

  /// The largest norm of W_l D_{l−1} … D_1 W_1 over all diagonals of zeros and ones: what networks
  /// of ReLU reach where all patterns occur, and at most that elsewhere.
  private static double overAllPatterns(List<DMatrixRMaj> weights) {
    int switches =
        weights.subList(0, weights.size() - 1).stream().mapToInt(DMatrixRMaj::getNumRows).sum();
    double largest = 0;
    for (int pattern = 0; pattern < 1 << switches; pattern++) {
      DMatrixRMaj jacobian = weights.getFirst();
      int bit = 0;
      for (DMatrixRMaj w : weights.subList(1, weights.size())) {
        DMatrixRMaj active = jacobian.copy();
        for (int row = 0; row < active.getNumRows(); row++, bit++) {
          if ((pattern >> bit & 1) == 0) {
            for (int column = 0; column < active.getNumCols(); column++) {
              active.set(row, column, 0);
            }
          }
        }
        jacobian = CommonOps_DDRM.mult(w, active, null);
      }
      largest = Math.max(largest, SpectralNorm.value(jacobian));
    }
    return largest;
  }

  private static DMatrixRMaj random(SplittableRandom random, int out, int in) {
    DMatrixRMaj matrix = new DMatrixRMaj(out, in);
    for (int i = 0; i < matrix.getNumElements(); i++) {
      matrix.set(i, random.nextGaussian());
    }
    return matrix;
  }

  @Test
  void liesBetweenTheLargestJacobianAndTheProductOfNorms() {
    double ofProduct = 0;
    for (int seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<DMatrixRMaj> weights =
          List.of(random(random, 4, 5), random(random, 3, 4), random(random, 2, 3));
      double bound = bound(weights);

      assertThat(bound).isGreaterThanOrEqualTo(overAllPatterns(weights));
      assertThat(bound).isLessThanOrEqualTo(product(weights) * (1 + 1e-5));
      ofProduct += bound / product(weights) / 100;
    }
    // It is worth its work: on average well below the product.
    assertThat(ofProduct).isLessThan(0.9);
  }

  /// With five switches on a hidden layer whose rows are independent every pattern occurs, so that
  /// the largest norm is the network's constant.
  @Test
  void boundsTheTrueConstantOfOneHiddenLayer() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(1000 + seed);
      List<DMatrixRMaj> weights = List.of(random(random, 5, 6), random(random, 3, 5));

      assertThat(bound(weights)).isGreaterThanOrEqualTo(overAllPatterns(weights));
    }
  }

  @Test
  void diagonalLayersByHand() {
    DMatrixRMaj first = CommonOps_DDRM.diag(1, 0.5);
    DMatrixRMaj second = CommonOps_DDRM.diag(0.5, 1);

    // 2 I − B₁ B₁ᵀ = diag(1, 7/4), B₂ = diag(1/2, 1/√(7/4)); the product of norms is 1.
    assertThat(bound(List.of(first, second))).isCloseTo(Math.sqrt(4 / 7.0), within(2e-6));
  }

  @Test
  void oneLayerHasItsSpectralNorm() {
    DMatrixRMaj weights = random(new SplittableRandom(3), 4, 7);

    assertThat(bound(List.of(weights))).isCloseTo(SpectralNorm.value(weights), within(1e-5));
  }

  @Test
  void hugeAndTinyWeightsDoNotOverflow() {
    DMatrixRMaj huge = CommonOps_DDRM.diag(1e200, 0.5e200);
    DMatrixRMaj tiny = CommonOps_DDRM.diag(0.5e-200, 1e-200);

    assertThat(bound(List.of(huge, tiny, huge))).isBetween(0.5e200, 1e200 * (1 + 1e-5));
  }

  @Test
  void weightsOfZeroHaveNoCascade() {
    DMatrixRMaj zero = new DMatrixRMaj(3, 3);
    DMatrixRMaj identity = CommonOps_DDRM.identity(3);

    assertThat(first(zero).then(3, () -> identity)).isNull();
    assertThat(first(identity).then(3, () -> zero)).isNull();
  }

  @Test
  void compositionTakesItWhereItIsLessThanTheProduct() {
    DenseNetwork network = DenseNetwork.random(5, 6, 5, 4, 3);
    LayerGraph graph = network.graph();
    Composition composition = Composition.of(graph, graph.input(), InputRegion.unitImages(graph));
    List<DMatrixRMaj> weights = network.weights.stream().map(DMatrixRMaj::new).toList();

    double bound = Objects.requireNonNull(composition.at("product2")).value();
    assertThat(bound).isCloseTo(bound(weights), within(1e-9 * bound));
    assertThat(bound).isLessThan(0.99 * product(weights));
    // From a tensor between: the layers behind it alone.
    Composition block = Composition.of(graph, "layer0", InputRegion.unitImages(graph));
    double behind = Objects.requireNonNull(block.at("product2")).value();
    assertThat(behind).isCloseTo(bound(weights.subList(1, 3)), within(1e-9 * behind));
  }
}
