package topolip.perturb.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.dataset.NpyArray;
import topolip.engine.Progress;

class SuiteTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);
  private static final ReluNet NET = new ReluNet(SHAPE, 20, 5, new SplittableRandom(3));
  private static final Ball BALL = new Ball(Norm.L_INF, 0.01);
  private static final Suite SHORT =
      new Suite(
          "short",
          List.of(
              Pgd.fgsm(BALL),
              new Apgd(BALL, Objective.CROSS_ENTROPY, 10, 1),
              new TargetedApgd(BALL, Objective.DLR, 10, 1, 4),
              Square.of(BALL, 30)));

  private static Points points(int count) {
    return TestPoints.classifiedBy(NET, count, 0.5, 20);
  }

  private static SuiteResult run(Suite suite, Points points) throws IOException {
    return suite.run(NET, points, 1, SuiteCheckpoint.NONE, Progress.NONE);
  }

  @Test
  void theStandardSuiteIsThePublishedSchedule() {
    assertThat(Suite.standard(new Ball(Norm.L_INF, 0.25), 10))
        .hasToString(
            "aa-standard: apgd(ball=linf:0.25, steps=100, starts=1, loss=cross-entropy, passes=1);"
                + " apgd-t(ball=linf:0.25, steps=100, starts=1, targets=9, loss=dlr);"
                + " fab-t(norm=linf, bound=0.25, steps=100, starts=1, targets=9);"
                + " square(ball=linf:0.25, steps=5000, starts=1, share=0.8)");
    assertThat(Suite.standard(BALL, 100).attacks().get(1).toString()).contains("targets=9");
    assertThat(Suite.standard(BALL, 4).attacks().get(1).toString()).contains("targets=3");
    assertThatThrownBy(() -> Suite.standard(BALL, 3))
        .hasMessage("aa-standard needs 4 classes, not 3; use aa-lite");
    assertThatThrownBy(() -> Suite.standard(new Ball(Norm.L_1, 3), 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Suite("x", List.of(Pgd.fgsm(BALL), DeepFool.of(Norm.L_2))))
        .hasMessageContaining("need one ball");
  }

  @Test
  void theWorstCaseIsThatOfAllAttacksOnAllPoints() throws IOException {
    Points points = points(150);
    SuiteResult result = run(SHORT, points);

    List<List<AttackedPoint>> each = new ArrayList<>();
    for (Attack attack : SHORT.attacks()) {
      each.add(attack.run(NET, points, 1, Progress.NONE));
    }
    for (int p = 0; p < points.count(); p++) {
      int place = p;
      boolean robust = each.stream().allMatch(results -> results.get(place).robust());
      assertThat(result.points().get(p).robust()).isEqualTo(robust);
    }
    assertThat(result.robust().correct()).isBetween(1, 149);
    assertThat(result.clean().correct()).isEqualTo(150);
    int left = 150;
    for (SuiteResult.Stage stage : result.stages()) {
      assertThat(stage.attacked()).isEqualTo(left);
      left = stage.robust();
    }
    assertThat(left).isEqualTo(result.robust().correct());
    assertThat(AttackChecks.after(NET, result))
        .noneMatch(warning -> warning.kind() == AttackWarning.Kind.NOT_REPEATED);
  }

  @Test
  void chunksDoNotChangeResults() throws IOException {
    Points points = points(Suite.CHUNK + 40);
    List<AttackedPoint> all = run(SHORT, points).points();
    List<AttackedPoint> last = run(SHORT, points.subset(Suite.CHUNK + 39)).points();

    assertThat(all).hasSize(Suite.CHUNK + 40);
    assertThat(all.getLast().image()).isEqualTo(last.getFirst().image());
    assertThat(all.getLast().queries()).isEqualTo(last.getFirst().queries());
  }

  @Test
  void anInterruptedSuiteContinuesToTheSameResult(@TempDir Path folder) throws IOException {
    Points points = points(40);
    SuiteResult whole = run(SHORT, points);
    Progress interrupting =
        (what, units) -> {
          if (what.endsWith("apgd-t")) {
            Thread.currentThread().interrupt();
          }
          return Progress.NONE.begin(what, units);
        };
    SuiteCheckpoint checkpoint = SuiteCheckpoint.in(folder.resolve("kept"));
    assertThatThrownBy(() -> SHORT.run(NET, points, 1, checkpoint, interrupting))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();

    List<String> begun = new ArrayList<>();
    Progress recording =
        (what, units) -> {
          begun.add(what);
          return Progress.NONE.begin(what, units);
        };
    SuiteResult continued = SHORT.run(NET, points, 1, checkpoint, recording);
    assertThat(begun).containsExactly("plain: apgd-t", "plain: square");
    assertThat(continued.stages()).isEqualTo(whole.stages());
    for (int p = 0; p < points.count(); p++) {
      assertThat(continued.points().get(p).image()).isEqualTo(whole.points().get(p).image());
      assertThat(continued.points().get(p).queries()).isEqualTo(whole.points().get(p).queries());
    }
  }

  @Test
  void whatWasKeptOfAnotherRunIsRefused(@TempDir Path folder) throws IOException {
    Points points = points(5);
    SuiteCheckpoint checkpoint = SuiteCheckpoint.in(folder);
    SHORT.run(NET, points, 1, checkpoint, Progress.NONE);

    assertThatThrownBy(() -> SHORT.run(NET, points, 2, checkpoint, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is of another run");
    Files.writeString(folder.resolve("chunk-00000-attack-0.json"), "{\"key\": ");
    assertThatThrownBy(() -> SHORT.run(NET, points, 1, checkpoint, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chunk-00000-attack-0.json: is damaged");
  }

  @Test
  void damagedImagesOfACheckpointAreRefused(@TempDir Path folder) throws IOException {
    Points points = points(5);
    SuiteCheckpoint checkpoint = SuiteCheckpoint.in(folder);
    SHORT.run(NET, points, 1, checkpoint, Progress.NONE);
    Path npy = folder.resolve("chunk-00000-attack-0.npy");
    try (NpyArray images = NpyArray.open(npy)) {
      assertThat(images.shape()).containsExactly(5L, 3L, 8L, 8L);
    }
    byte[] bytes = Files.readAllBytes(npy);

    byte[] changed = bytes.clone();
    changed[changed.length - 2] ^= 1;
    for (byte[] damaged : List.of(changed, Arrays.copyOf(bytes, bytes.length - 4), new byte[0])) {
      Files.write(npy, damaged);
      assertThatThrownBy(() -> SHORT.run(NET, points, 1, checkpoint, Progress.NONE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(npy.toString());
    }
    Files.delete(npy);
    assertThatThrownBy(() -> SHORT.run(NET, points, 1, checkpoint, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(npy.toString());
  }

  /// What a run leaves that ended between its two files, and while it wrote one.
  @Test
  void imagesWithoutTheirJsonAreComputedAgain(@TempDir Path folder) throws IOException {
    Points points = points(5);
    SuiteCheckpoint checkpoint = SuiteCheckpoint.in(folder);
    SuiteResult whole = SHORT.run(NET, points, 1, checkpoint, Progress.NONE);
    Files.delete(folder.resolve("chunk-00000-attack-3.json"));
    Files.write(folder.resolve("chunk-00000-attack-3.npy"), new byte[3]);
    Files.write(folder.resolve("chunk-00000-attack-3.part"), new byte[3]);

    SuiteResult again = SHORT.run(NET, points, 1, checkpoint, Progress.NONE);
    assertThat(again.stages()).isEqualTo(whole.stages());
    assertThat(folder.resolve("chunk-00000-attack-3.json")).exists();
    assertThat(folder.resolve("chunk-00000-attack-3.part")).doesNotExist();
  }

  /// Nothing is left for the later attacks of a suite.
  @Test
  void partsWithoutPointsAreKeptToo(@TempDir Path folder) throws IOException {
    Ball huge = new Ball(Norm.L_INF, 0.5);
    Suite suite = new Suite("huge", List.of(Pgd.of(huge, 50), Square.of(huge, 5)));
    SuiteCheckpoint checkpoint = SuiteCheckpoint.in(folder);
    SuiteResult first = suite.run(NET, points(5), 1, checkpoint, Progress.NONE);
    assertThat(first.stages().get(1).attacked()).isZero();
    SuiteResult second = suite.run(NET, points(5), 1, checkpoint, Progress.NONE);
    assertThat(second.stages()).isEqualTo(first.stages());
  }

  @Test
  void adversarialImagesTransferToASimilarModel() {
    Points points = points(60);
    Ball ball = new Ball(Norm.L_INF, 0.1);
    List<AttackedPoint> found = Pgd.of(ball, 20).run(NET, points, 1, Progress.NONE);
    List<AttackedPoint> same = Recheck.transferred(NET, points, found);
    for (int p = 0; p < points.count(); p++) {
      assertThat(same.get(p).outcome()).isEqualTo(found.get(p).outcome());
    }
    ReluNet other = new ReluNet(SHAPE, 20, 5, new SplittableRandom(99));
    List<AttackedPoint> transferred = Recheck.transferred(other, points, found);
    for (int p = 0; p < points.count(); p++) {
      int clean = PointLoss.best(toFloats(other.logits(points.image(p))), -1);
      assertThat(transferred.get(p).outcome() == AttackedPoint.Outcome.WRONG)
          .isEqualTo(clean != points.label(p));
    }
  }

  /// More of them transfer when PGD goes on to the largest margin.
  @Test
  void theStrongestImagesTransferBest() throws IOException {
    Points points = points(80);
    ReluNet target = new ReluNet(SHAPE, 20, 5, new SplittableRandom(3));
    SplittableRandom random = new SplittableRandom(4);
    for (double[] row : target.output) {
      for (int i = 0; i < row.length; i++) {
        row[i] += 0.2 * random.nextGaussian();
      }
    }
    Suite suite = new Suite("pgd", List.of(Pgd.of(new Ball(Norm.L_INF, 0.03), 20)));
    long first = transferred(target, points, suite);
    assertThat(transferred(target, points, suite.transferable())).isGreaterThan(first);
    assertThat(Suite.lite(BALL, 5).transferable()).isEqualTo(Suite.lite(BALL, 5));
  }

  private static long transferred(PlainModel target, Points points, Suite suite)
      throws IOException {
    return Recheck.transferred(target, points, run(suite, points).points()).stream()
        .filter(p -> p.outcome() == AttackedPoint.Outcome.FOOLED)
        .count();
  }

  private static float[] toFloats(double[] z) {
    float[] floats = new float[z.length];
    for (int c = 0; c < z.length; c++) {
      floats[c] = (float) z[c];
    }
    return floats;
  }

  /// A net whose outputs are changed.
  private abstract static class Wrapped extends PlainModel {
    Wrapped(int classes) {
      super(SHAPE, classes);
    }

    @Override
    double[] pullBack(float[] image, double[] v) {
      return NET.pullBack(image, v);
    }
  }

  private static List<AttackWarning.Kind> before(PlainModel model) {
    Points points = points(10);
    return AttackChecks.before(model, points).stream().map(AttackWarning::kind).toList();
  }

  @Test
  void unsuitableModelsAreRecognised() {
    assertThat(before(NET)).isEmpty();
    SplittableRandom random = new SplittableRandom(1);
    assertThat(
            before(
                new Wrapped(5) {
                  @Override
                  double[] logits(float[] image) {
                    double[] z = NET.logits(image);
                    z[0] += 0.1 * random.nextGaussian();
                    return z;
                  }
                }))
        .containsExactly(AttackWarning.Kind.RANDOMISED);
    assertThat(
            before(
                new Wrapped(5) {
                  @Override
                  double[] logits(float[] image) {
                    double[] z = NET.logits(image);
                    double sum = 0;
                    for (int c = 0; c < 5; c++) {
                      z[c] = Math.exp(z[c] / 10);
                      sum += z[c];
                    }
                    Norm.scale(z, 1 / sum);
                    return z;
                  }
                }))
        .containsExactly(AttackWarning.Kind.PROBABILITIES);
    assertThat(
            before(
                new Wrapped(5) {
                  @Override
                  double[] logits(float[] image) {
                    return NET.logits(image);
                  }

                  @Override
                  double[] pullBack(float[] image, double[] v) {
                    double[] gradient = NET.pullBack(image, v);
                    Norm.scale(gradient, image[0] > 0.5 ? 0 : Double.NaN);
                    return gradient;
                  }
                }))
        .containsExactly(AttackWarning.Kind.ZERO_GRADIENT, AttackWarning.Kind.UNDEFINED_GRADIENT);
  }

  @Test
  void fewClassesAreRecognised() {
    LinearModel two = LinearModel.random(SHAPE, 2, new SplittableRandom(1));
    Points points = TestPoints.classifiedBy(two, 4, 0.5, 1);
    assertThat(AttackChecks.before(two, points).stream().map(AttackWarning::kind))
        .containsExactly(AttackWarning.Kind.FEW_CLASSES);
  }

  /// Staircases hide the slope: gradients are 0 almost everywhere, yet noise changes the class.
  @Test
  void maskedGradientsAreRecognised() throws IOException {
    PlainModel masked =
        new PlainModel(SHAPE, 5) {
          @Override
          double[] logits(float[] image) {
            double[] z = NET.logits(image);
            for (int c = 0; c < z.length; c++) {
              z[c] = Math.rint(4 * z[c]);
            }
            return z;
          }

          @Override
          double[] pullBack(float[] image, double[] v) {
            return new double[image.length];
          }
        };
    Points points = TestPoints.classifiedBy(masked, 60, 0.5, 3);
    Ball ball = new Ball(Norm.L_INF, 0.05);
    assertThat(
            AttackChecks.masking(masked, points, ball, 1, Progress.NONE).stream()
                .map(AttackWarning::kind))
        .contains(
            AttackWarning.Kind.NOISE_BEATS_GRADIENTS, AttackWarning.Kind.ROBUST_TO_EVERYTHING);
    assertThat(AttackChecks.masking(NET, points(60), ball, 1, Progress.NONE)).isEmpty();

    SuiteResult result =
        Suite.lite(ball, 5).run(masked, points, 1, SuiteCheckpoint.NONE, Progress.NONE);
    assertThat(AttackChecks.after(masked, result).stream().map(AttackWarning::kind))
        .containsExactly(AttackWarning.Kind.SQUARE_BEATS_GRADIENTS);
  }

  @Test
  void imagesThatAreNotRepeatedAreReported() throws IOException {
    Points points = points(20);
    SuiteResult result = run(SHORT, points);
    ReluNet other = new ReluNet(SHAPE, 20, 5, new SplittableRandom(50));
    int differing = 0;
    for (AttackedPoint point : result.points()) {
      float[] z = other.forward(Images.wrap(SHAPE, point.image()), List.of()).logits();
      differing += PointLoss.best(z, -1) == point.prediction() ? 0 : 1;
    }
    assertThat(differing).isPositive();
    assertThat(Recheck.disagreements(other, result.points())).hasSize(differing);
  }
}
