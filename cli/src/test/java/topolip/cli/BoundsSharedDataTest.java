package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.dataset.Split;
import topolip.engine.Progress;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Certificate;
import topolip.lipschitz.JacobianNorms;
import topolip.lipschitz.LayerConstants;
import topolip.lipschitz.LayerGraph;
import topolip.lipschitz.SteepestQuotient;
import topolip.model.DifferentiableModel;
import topolip.model.Tap;
import topolip.model.TapSelection;
import topolip.perturb.Perturbation;
import topolip.perturb.SamplePair;
import topolip.perturb.attack.AttackedPoint;
import topolip.perturb.attack.DeepFool;
import topolip.perturb.attack.Norm;
import topolip.perturb.attack.Points;

/// Bounds of trained networks, finite, and never below what is found at any tap.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class BoundsSharedDataTest {
  private static final int COUNT = 3;
  private static final List<Double> CIFAR_MEAN = List.of(.4914, .4822, .4465);
  private static final List<Double> CIFAR_STD = List.of(.2471, .2435, .2616);

  private final Path folder = Path.of(System.getProperty("topolip.shared", "")).resolve("data");

  private record Measured(List<LayerConstants> constants, LayerGraph graph) {
    double log10() {
      return constants.getLast().bound().log10();
    }
  }

  private Measured measured(String name, String source, @Nullable List<Double> mean)
      throws IOException {
    ModelFile file = new ModelFile(folder.resolve("models").resolve(name).toString(), Map.of());
    NormalisationOptions normalisation = new NormalisationOptions();
    normalisation.mean = mean;
    normalisation.std = mean == null ? null : CIFAR_STD;
    Dataset data = DataSource.parse(source).open(Split.TEST, 0);
    LayerGraph graph = file.layerGraph(normalisation, data.shape());
    SamplePair pair = SamplePair.of(data, COUNT, Perturbation.parse("gaussian:0.05"), 0);
    Images clean = pair.clean(0, COUNT);
    try (DifferentiableModel model = file.openWithGradients(normalisation, data.shape(), 1)) {
      List<Tap> taps = TapSelection.select(model.taps(), "auto");
      List<LayerConstants> constants =
          LayerConstants.along(
              graph,
              model,
              taps,
              new LayerConstants.Sample(clean, pair.perturbed(0, COUNT), List.of(0, 1, 2), 0),
              new LayerConstants.Search(
                  new JacobianNorms.Iteration(6, 1e-3),
                  new SteepestQuotient(0.5, 5),
                  List.of(taps.getLast())),
              Progress.NONE);
      assertFoundBelowBounds(constants);
      assertCertificatesBelowAttacks(model, clean, pair.cleanLabels(), constants.getLast().bound());
      return new Measured(constants, graph);
    }
  }

  private static void assertFoundBelowBounds(List<LayerConstants> constants) {
    for (LayerConstants at : constants) {
      assertThat(at.unbounded()).isNull();
      assertThat(at.bound().log10()).isFinite();
      assertThat(at.found().log10()).as(at.tap().name()).isFinite();
      assertThat(at.tightness()).as(at.tap().name()).isGreaterThan(-1e-5);
      assertThat(at.jacobian().log10())
          .as(at.tap().name())
          .isLessThanOrEqualTo(at.boundOnSample().log10() + 1e-5);
      assertThat(at.boundOnSample().log10()).isLessThanOrEqualTo(at.bound().log10() + 1e-9);
      Double inBlock = at.blockTightness();
      assertThat(at.tap().index() == 0 || (inBlock != null && inBlock > -1e-5)).isTrue();
    }
  }

  private static void assertCertificatesBelowAttacks(
      DifferentiableModel model, Images clean, int[] labels, Bound bound) {
    List<Certificate> certificates =
        Certificate.of(model.forward(clean, List.of()).logits(), labels, bound);
    List<AttackedPoint> attacked =
        DeepFool.of(Norm.L_2)
            .run(
                model,
                Points.of(clean, labels, IntStream.range(0, COUNT).toArray()),
                0,
                Progress.NONE);
    for (int i = 0; i < COUNT; i++) {
      if (attacked.get(i).outcome() == AttackedPoint.Outcome.FOOLED) {
        assertThat(certificates.get(i).radius())
            .isPositive()
            .isLessThanOrEqualTo(attacked.get(i).distance());
      }
    }
  }

  private String cifar10() {
    return "cifar10:" + folder.resolve("cifar10-small.tar.gz");
  }

  @Test
  void resnet20() throws IOException {
    assertThat(measured("akamaster_resnet20_in01_op13.onnx", cifar10(), null).log10())
        .isBetween(5.0, 12.0);
  }

  /// A normalisation behind a convolution is folded as PyTorch's exporter folds it.
  @Test
  void batchNormalisationAsNodesHasTheSameBound() throws IOException {
    double folded = measured("akamaster_resnet20_op13.onnx", cifar10(), CIFAR_MEAN).log10();
    double nodes =
        measured("akamaster_resnet20_unfusedbn_op13.onnx", cifar10(), CIFAR_MEAN).log10();
    assertThat(nodes).isCloseTo(folded, within(1e-3));
  }

  @Test
  void smallResnets() throws IOException {
    assertThat(measured("abcrown_resnet2b_adv_op13.onnx", cifar10(), CIFAR_MEAN).log10())
        .isBetween(1.0, 4.0);
    assertThat(measured("abcrown_resnet4b_adv_in01_op13.onnx", cifar10(), null).log10())
        .isBetween(1.0, 6.0);
  }

  @Test
  void transformersHaveOneBoundFromBothExporters() throws IOException {
    Measured traced = measured("vit_cifar10_op17.onnx", cifar10(), null);
    Measured current = measured("vit_cifar10_dynamo.onnx", cifar10(), null);
    assertThat(traced.log10()).isCloseTo(current.log10(), within(1e-6));
    assertThat(traced.constants().getLast().bound().isVacuous()).isTrue();
    assertThat(traced.constants().getLast().boundOnSample().log10())
        .isLessThan(traced.log10() - 20);
  }
}
