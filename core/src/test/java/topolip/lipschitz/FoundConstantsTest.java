package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.engine.Progress;
import topolip.model.Tap;
import topolip.perturb.attack.Attack;
import topolip.perturb.attack.AttackedPoint;
import topolip.perturb.attack.DeepFool;
import topolip.perturb.attack.Fab;
import topolip.perturb.attack.Norm;
import topolip.perturb.attack.Points;

/// Constants found by iteration, ascent and sampling against written-out Jacobians.
class FoundConstantsTest {
  private static final int[] IDS = {4, 7, 9};
  private static final JacobianNorms.Iteration LONG = new JacobianNorms.Iteration(500, 1e-9);

  private static double exact(DenseNetwork net, Images images, int image, int layers) {
    return SpectralNorm.value(DenseNetwork.matrix(net.jacobian(net.image(images, image), layers)));
  }

  @Test
  void powerIterationReachesTheNormOfEachJacobianFromBelow() {
    for (int seed = 0; seed < 20; seed++) {
      DenseNetwork net = DenseNetwork.random(seed, 6, 9, 7, 4);
      Images images = DenseNetwork.images(net.inputShape(), 3, seed);
      for (Tap tap : net.taps()) {
        double[] norms = LONG.at(net, images, tap, IDS, 1).norms();
        for (int i = 0; i < 3; i++) {
          double exact = exact(net, images, i, tap.index());
          assertThat(norms[i]).isLessThanOrEqualTo(exact * (1 + 1e-6));
          assertThat(norms[i]).isCloseTo(exact, within(2e-3 * exact));
        }
      }
    }
  }

  @Test
  void aNormDependsOnItsImageSeedAndIdAlone() {
    DenseNetwork net = DenseNetwork.random(1, 6, 9, 4);
    Images images = DenseNetwork.images(net.inputShape(), 3, 1);
    JacobianNorms.Iteration few = new JacobianNorms.Iteration(3, 0);
    double[] together = few.at(net, images, net.taps().getLast(), IDS, 5).norms();
    float[] second = Arrays.copyOfRange(images.values(), 6, 12);
    double[] alone =
        few.at(
                net,
                Images.wrap(images.shape(), second),
                net.taps().getLast(),
                new int[] {IDS[1]},
                5)
            .norms();
    assertThat(alone[0]).isEqualTo(together[1]);
  }

  @Test
  void theSteepestQuotientOfALinearMapIsItsNorm() {
    for (int seed = 0; seed < 10; seed++) {
      DenseNetwork net = DenseNetwork.random(seed, 6, 4);
      Images images = DenseNetwork.images(net.inputShape(), 3, seed);
      Tap tap = net.taps().getLast();
      double norm = SpectralNorm.value(DenseNetwork.matrix(net.weights.getFirst()));
      JacobianNorms start = LONG.at(net, images, tap, IDS, 1);
      for (double quotient : new SteepestQuotient(0.2, 20).at(net, images, tap, start)) {
        assertThat(quotient).isCloseTo(norm, within(1e-4 * norm));
      }
    }
  }

  @Test
  void ascentRaisesTheQuotientAndStaysBelowTheBound() {
    double raised = 0;
    for (int seed = 0; seed < 20; seed++) {
      DenseNetwork net = DenseNetwork.random(seed, 6, 9, 7, 4);
      Images images = DenseNetwork.images(net.inputShape(), 3, seed);
      Tap tap = net.taps().getLast();
      JacobianNorms start = LONG.at(net, images, tap, IDS, 1);
      double[] first = new SteepestQuotient(0.5, 0).at(net, images, tap, start);
      double[] later = new SteepestQuotient(0.5, 30).at(net, images, tap, start);
      LayerGraph graph = net.graph();
      Bound bound =
          Objects.requireNonNull(
              Composition.of(graph, "input", InputRegion.unitImages(graph)).at("product2"));
      for (int i = 0; i < 3; i++) {
        assertThat(later[i]).isGreaterThanOrEqualTo(first[i]).isLessThan(bound.value());
        raised = Math.max(raised, later[i] / first[i]);
      }
    }
    assertThat(raised).isGreaterThan(1.05);
  }

  @Test
  void changesOfALinearMapAreWithinItsSingularValues() {
    DenseNetwork net =
        new DenseNetwork(
            new ImageShape(1, 1, 2),
            List.of(new double[][] {{3, 0}, {0, 3}}, new double[][] {{1, 0}, {0, 2}}));
    Images clean = DenseNetwork.images(net.inputShape(), 5, 1);
    Images perturbed = DenseNetwork.images(net.inputShape(), 5, 2);
    List<LayerChange> changes = LayerChange.along(net, net.taps(), clean, perturbed);
    LayerChange first = changes.get(1);
    assertThat(Objects.requireNonNull(first.wassersteinQuotient())).isCloseTo(3, within(1e-5));
    // Of near pairs, in single precision.
    assertThat(Objects.requireNonNull(first.largestQuotient())).isCloseTo(3, within(1e-4));
    assertThat(Objects.requireNonNull(first.gain())).isCloseTo(1, within(1e-5));
    LayerChange second = changes.get(2);
    double wasserstein = Objects.requireNonNull(second.wassersteinQuotient());
    double largest = Objects.requireNonNull(second.largestQuotient());
    assertThat(wasserstein).isBetween(1.0, largest + 1e-9);
    assertThat(largest).isLessThanOrEqualTo(2 + 1e-4);
    assertThat(Objects.requireNonNull(second.quotientFromInput()))
        .isCloseTo(3 * largest, within(1e-3));
  }

  @Test
  void equalSamplesHaveUndefinedQuotients() {
    DenseNetwork net = DenseNetwork.random(1, 3, 2);
    Images one = DenseNetwork.images(net.inputShape(), 1, 1);
    LayerChange change = LayerChange.along(net, net.taps(), one, one).getLast();
    assertThat(change.wasserstein()).isZero();
    assertThat(change.wassersteinQuotient()).isNull();
    assertThat(change.largestQuotient()).isNull();
    assertThat(change.drift()).isZero();
    assertThat(change.gain()).isNull();
  }

  @Test
  void cleverIsExactOnLinearModels() {
    for (int seed = 0; seed < 10; seed++) {
      DenseNetwork net = DenseNetwork.random(seed, 6, 4);
      Images images = DenseNetwork.images(net.inputShape(), 3, seed);
      float[] logits = net.forward(images, List.of()).logits();
      for (Norm norm : Norm.values()) {
        Clever clever = new Clever(5, 8, 100, norm);
        List<Clever.Score> scores = clever.untargeted(net, images, IDS, 1, Progress.NONE);
        for (Clever.Score score : scores) {
          double least = Double.POSITIVE_INFINITY;
          for (int j = 0; j < 4; j++) {
            if (j != score.label()) {
              double distance = distance(net, logits, score, j, norm);
              least = Math.min(least, distance);
              Clever.Score targeted =
                  clever.targeted(net, images, score.image(), IDS[score.image()], j, 1);
              assertThat(targeted.score()).isCloseTo(distance, within(1e-5 * distance));
            }
          }
          assertThat(score.score()).isCloseTo(least, within(1e-5 * least));
          assertThat(score.gradients().fitted()).isFalse();
        }
      }
    }
  }

  /// The distance to the hyperplane between two classes.
  private static double distance(
      DenseNetwork net, float[] logits, Clever.Score score, int target, Norm norm) {
    double[][] w = net.weights.getFirst();
    double[] difference = new double[6];
    for (int p = 0; p < 6; p++) {
      difference[p] = w[score.label()][p] - w[target][p];
    }
    double margin =
        (double) logits[score.image() * 4 + score.label()] - logits[score.image() * 4 + target];
    return margin / norm.dual().of(difference);
  }

  @Test
  void cleverNeverExceedsItsRadius() {
    DenseNetwork net = DenseNetwork.random(1, 6, 9, 4);
    Images images = DenseNetwork.images(net.inputShape(), 3, 1);
    for (Clever.Score score :
        new Clever(5, 8, 1e-3, Norm.L_2).untargeted(net, images, IDS, 1, Progress.NONE)) {
      assertThat(score.score()).isPositive().isLessThanOrEqualTo(1e-3);
    }
  }

  @Test
  void noAttackIsNearerThanTheCertificate() {
    int fooled = 0;
    for (int seed = 0; seed < 20; seed++) {
      DenseNetwork net = DenseNetwork.random(seed, 6, 9, 7, 4);
      Images images = DenseNetwork.images(net.inputShape(), 3, seed);
      LayerGraph graph = net.graph();
      Bound bound =
          Objects.requireNonNull(
              Composition.of(graph, "input", InputRegion.unitImages(graph)).at("product2"));
      float[] logits = net.forward(images, List.of()).logits();
      int[] labels =
          IntStream.range(0, 3)
              .map(i ->
                  IntStream.range(0, 4)
                      .reduce((a, b) -> logits[i * 4 + a] >= logits[i * 4 + b] ? a : b)
                      .orElseThrow())
              .toArray();
      List<Certificate> certificates = Certificate.of(logits, labels, bound);
      Points points = Points.of(images, labels, IDS);
      for (Attack attack :
          List.of(DeepFool.of(Norm.L_2), new Fab(Norm.L_2, Double.POSITIVE_INFINITY, 30, 2, 3))) {
        List<AttackedPoint> attacked = attack.run(net, points, 1, Progress.NONE);
        for (int i = 0; i < 3; i++) {
          assertThat(certificates.get(i).radius()).isPositive();
          if (attacked.get(i).outcome() == AttackedPoint.Outcome.FOOLED) {
            fooled++;
            assertThat(attacked.get(i).distance()).isGreaterThan(certificates.get(i).radius());
          }
        }
      }
    }
    assertThat(fooled).isGreaterThan(30);
  }

  @Test
  void wrongImagesAreCertifiedNothingAndEstimatesCertifyNothing() {
    Bound bound = Bound.of(Bound.Kind.UPPER, 2, "test");
    Certificate wrong = Certificate.of(new float[] {1, 3}, new int[] {0}, bound).getFirst();
    assertThat(wrong.radius()).isZero();
    assertThat(wrong.margin()).isEqualTo(-2);
    Certificate right = Certificate.of(new float[] {1, 3}, new int[] {1}, bound).getFirst();
    assertThat(right.radius()).isCloseTo(1 / Math.sqrt(2), within(1e-12));
    assertThatThrownBy(() ->
            Certificate.of(
                new float[] {1, 3}, new int[] {1}, Bound.of(Bound.Kind.LOWER, 2, "test")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("upper bound");
  }
}
