package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.Split;
import topolip.engine.Progress;
import topolip.perturb.attack.Aim;
import topolip.perturb.attack.Apgd;
import topolip.perturb.attack.Attack;
import topolip.perturb.attack.AttackChecks;
import topolip.perturb.attack.AttackedPoint;
import topolip.perturb.attack.Ball;
import topolip.perturb.attack.Keep;
import topolip.perturb.attack.Norm;
import topolip.perturb.attack.Objective;
import topolip.perturb.attack.Pgd;
import topolip.perturb.attack.Points;
import topolip.perturb.attack.Suite;
import topolip.perturb.attack.SuiteCheckpoint;
import topolip.perturb.attack.SuiteResult;
import topolip.torch.onnx.DifferentiableOnnx;
import topolip.torch.onnx.Precision;

/// Attacks on trained networks leave as many images right as PyTorch's.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class AttacksSharedDataTest {
  private static final Path DATA =
      Path.of(System.getProperty("topolip.shared", "")).resolve("data");

  private static DifferentiableOnnx model(String name) throws IOException {
    boolean adversarial = name.equals("abcrown_resnet2b_adv_op13");
    @Nullable List<Double> mean = adversarial ? List.of(.4914, .4822, .4465) : null;
    @Nullable List<Double> std = adversarial ? List.of(.2471, .2435, .2616) : null;
    return DifferentiableOnnx.open(
        DATA.resolve("models").resolve(name + ".onnx"),
        new DifferentiableOnnx.Options(mean, std, null, 2, Precision.FLOAT32));
  }

  private static Points points(int count) throws IOException {
    Dataset data =
        DataSource.parse("cifar10:" + DATA.resolve("cifar10-small.tar.gz")).open(Split.TEST, 0);
    return Points.of(data, IntStream.range(0, count).toArray());
  }

  private static int right(List<AttackedPoint> points) {
    return (int) points.stream().filter(AttackedPoint::robust).count();
  }

  private static Ball ball(int levels) {
    return new Ball(Norm.L_INF, levels / 255.0);
  }

  @ParameterizedTest
  @CsvSource({
    "akamaster_resnet20_in01_op13, 442, 295, 191, 155",
    "vit_cifar10_op17, 337, 145, 26, 2",
    "abcrown_resnet2b_adv_op13, 632, 575, 461, 260"
  })
  void fgsmLeavesAsManyAsInPyTorch(String name, int one, int two, int four, int eight)
      throws IOException {
    int[] expected = {one, two, four, eight};
    try (DifferentiableOnnx model = model(name)) {
      Points points = points(1000);
      for (int k = 0; k < 4; k++) {
        List<AttackedPoint> results = Pgd.fgsm(ball(1 << k)).run(model, points, 1, Progress.NONE);
        assertThat(right(results)).isCloseTo(expected[k], within(3));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "akamaster_resnet20_in01_op13, 35, 1, 0",
    "vit_cifar10_op17, 57, 21, 1",
    "abcrown_resnet2b_adv_op13, 125, 114, 77"
  })
  void pgdLeavesAsManyAsInPyTorchAndApgdNoMore(String name, int one, int two, int four)
      throws IOException {
    int[] expected = {one, two, four};
    try (DifferentiableOnnx model = model(name)) {
      Points points = points(200);
      for (int k = 0; k < 3; k++) {
        Ball ball = ball(1 << k);
        Attack pgd =
            new Pgd(
                ball,
                20,
                ball.eps() / 4,
                Pgd.Start.CLEAN,
                1,
                0,
                Objective.CROSS_ENTROPY,
                Aim.UNTARGETED,
                Keep.FIRST);
        int left = right(pgd.run(model, points, 1, Progress.NONE));
        assertThat(left).isCloseTo(expected[k], within(1));
        Attack apgd = new Apgd(ball, Objective.CROSS_ENTROPY, 20, 1);
        assertThat(right(apgd.run(model, points, 1, Progress.NONE))).isLessThanOrEqualTo(left + 1);
      }
    }
  }

  @Test
  void theLiteSuiteIsTheWorstCaseAndRepeatable() throws IOException {
    try (DifferentiableOnnx model = model("abcrown_resnet2b_adv_op13")) {
      Points points = points(100);
      assertThat(AttackChecks.before(model, points)).isEmpty();
      SuiteResult result =
          Suite.lite(ball(2), 10).run(model, points, 1, SuiteCheckpoint.NONE, Progress.NONE);
      assertThat(AttackChecks.after(model, result)).isEmpty();
      for (Attack attack : Suite.lite(ball(2), 10).attacks()) {
        assertThat(result.robust().correct())
            .isLessThanOrEqualTo(right(attack.run(model, points, 1, Progress.NONE)));
      }
    }
  }
}
