package topolip.perturb.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import topolip.engine.Progress;
import topolip.model.DifferentiableModel;
import topolip.model.Loss;
import topolip.model.Model;

/// Signs that attacks on a model say less than they seem to: those that AutoAttack looks for, and
/// signs of masked gradients (Carlini et al. 2019, arXiv:1902.06705; Athalye et al. 2018,
/// arXiv:1802.00420).
public final class AttackChecks {
  private static final int REPEATS = 5;
  private static final double DIFFERENT = 1e-4;
  private static final double SUM_IS_ONE = 1e-5;
  private static final double SHARE = 0.002;
  private static final double NEARLY_EVERY_IMAGE = 0.5;

  private AttackChecks() {}

  /// Signs that can be seen before attacks, on the first points, at most 64.
  public static List<AttackWarning> before(Model model, Points points) {
    Points few =
        points.subset(IntStream.range(0, Math.min(points.count(), Rounds.WIDTH)).toArray());
    List<AttackWarning> warnings = new ArrayList<>();
    Rounds rounds = new Rounds(model);
    List<float[]> logits = rounds.logits(few);
    double difference = 0;
    for (int k = 1; k < REPEATS; k++) {
      difference = Math.max(difference, largestDifference(logits, rounds.logits(few)));
    }
    if (difference > DIFFERENT) {
      warn(
          warnings,
          AttackWarning.Kind.RANDOMISED,
          ("logits of one image, divided by their norm, differ by up to %.2g from run to run; one"
                  + " lucky answer counts as success (aa-rand averages over answers)")
              .formatted(difference));
    }
    if (logits.stream().allMatch(AttackChecks::isDistribution)) {
      warn(
          warnings,
          AttackWarning.Kind.PROBABILITIES,
          "outputs are in [0, 1] and sum to 1: attacks need the logits before the softmax");
    }
    if (model.classes() < Objective.DLR.classesNeeded(true)) {
      warn(
          warnings,
          AttackWarning.Kind.FEW_CLASSES,
          "%d classes: DLR needs 3, its targeted version 4".formatted(model.classes()));
    }
    if (model instanceof DifferentiableModel differentiable) {
      gradients(differentiable, few, warnings);
    }
    return warnings;
  }

  private static double largestDifference(List<float[]> a, List<float[]> b) {
    double largest = 0;
    for (int p = 0; p < a.size(); p++) {
      double[] x = unit(a.get(p));
      double[] y = unit(b.get(p));
      for (int c = 0; c < x.length; c++) {
        x[c] -= y[c];
      }
      largest = Math.max(largest, Norm.L_2.of(x));
    }
    return largest;
  }

  private static double[] unit(float[] logits) {
    double[] z = new double[logits.length];
    for (int c = 0; c < z.length; c++) {
      z[c] = logits[c];
    }
    Norm.scale(z, 1 / (Norm.L_2.of(z) + 1e-10));
    return z;
  }

  private static boolean isDistribution(float[] outputs) {
    double sum = 0;
    for (float output : outputs) {
      if (!(output > -SUM_IS_ONE && output < 1 + SUM_IS_ONE)) {
        return false;
      }
      sum += output;
    }
    return Math.abs(sum - 1) < SUM_IS_ONE;
  }

  private static void gradients(
      DifferentiableModel model, Points points, List<AttackWarning> warnings) {
    Objective objective =
        model.classes() < Objective.DLR.classesNeeded(false) ? Objective.MARGIN : Objective.DLR;
    PointLoss[] losses = new PointLoss[points.count()];
    Arrays.setAll(losses, p -> objective.loss(points.label(p), Aim.ANY));
    Loss loss = PointLoss.batch(losses);
    float[] gradients = model.lossGradient(points.images(), loss).gradients();
    int size = points.shape().values();
    int zero = 0;
    int undefined = 0;
    for (int p = 0; p < points.count(); p++) {
      double sum = 0;
      for (int i = p * size; i < (p + 1) * size; i++) {
        sum += Math.abs(gradients[i]);
      }
      zero += sum == 0 ? 1 : 0;
      undefined += Double.isFinite(sum) ? 0 : 1;
    }
    if (zero > 0) {
      warn(
          warnings,
          AttackWarning.Kind.ZERO_GRADIENT,
          "the gradient of the %s loss is 0 at %d of %d points: gradients lead nowhere there"
              .formatted(objective, zero, points.count()));
    }
    if (undefined > 0) {
      warn(
          warnings,
          AttackWarning.Kind.UNDEFINED_GRADIENT,
          "the gradient of the %s loss is NaN or infinite at %d of %d points"
              .formatted(objective, undefined, points.count()));
    }
  }

  /// Signs in the result of a suite, and images whose prediction the model does not repeat.
  public static List<AttackWarning> after(Model model, SuiteResult result) {
    List<AttackWarning> warnings = new ArrayList<>();
    boolean gradientsBefore = false;
    for (SuiteResult.Stage stage : result.stages()) {
      double share = (double) stage.fooled() / result.points().size();
      if (stage.name().equals("square") && gradientsBefore && share > SHARE) {
        warn(
            warnings,
            AttackWarning.Kind.SQUARE_BEATS_GRADIENTS,
            ("square, without gradients, fools %d points (%.1f %%) that attacks with gradients did"
                    + " not")
                .formatted(stage.fooled(), 100 * share));
      }
      gradientsBefore |= !stage.name().equals("square") && !stage.name().equals("noise");
    }
    int disagreements = Recheck.disagreements(model, result.points()).size();
    if (disagreements > 0) {
      warn(
          warnings,
          AttackWarning.Kind.NOT_REPEATED,
          "asked again, the model predicts another class for %d of %d images"
              .formatted(disagreements, result.points().size()));
    }
    return warnings;
  }

  /// Signs of masked gradients, for which attacks are run: one step and noise against 20 steps, and
  /// 50 steps in a ball that holds nearly every image, ℓ_∞ of radius 0.5.
  public static List<AttackWarning> masking(
      DifferentiableModel model, Points points, Ball ball, long seed, Progress progress) {
    int single = fooled(Pgd.fgsm(ball).run(model, points, seed, progress));
    int many = fooled(Pgd.of(ball, 20).run(model, points, seed, progress));
    int noise = fooled(new RandomNoise(ball, 20).run(model, points, seed, progress));
    Ball huge = new Ball(Norm.L_INF, NEARLY_EVERY_IMAGE);
    List<AttackedPoint> everything = Pgd.of(huge, 50).run(model, points, seed, progress);
    long left = everything.stream().filter(AttackedPoint::robust).count();
    double allowed = SHARE * points.count();
    List<AttackWarning> warnings = new ArrayList<>();
    if (single > many + allowed) {
      warn(
          warnings,
          AttackWarning.Kind.SINGLE_STEP_BEATS_ITERATIVE,
          "one step fools %d points, 20 steps %d".formatted(single, many));
    }
    if (noise > many + allowed) {
      warn(
          warnings,
          AttackWarning.Kind.NOISE_BEATS_GRADIENTS,
          "noise fools %d points, 20 steps along gradients %d".formatted(noise, many));
    }
    if (left > 0) {
      warn(
          warnings,
          AttackWarning.Kind.ROBUST_TO_EVERYTHING,
          "%d of %d points stay robust in a ball (%s) that holds nearly every image"
              .formatted(left, points.count(), huge));
    }
    return warnings;
  }

  private static int fooled(List<AttackedPoint> results) {
    return (int) results.stream().filter(p -> p.outcome() == AttackedPoint.Outcome.FOOLED).count();
  }

  private static void warn(List<AttackWarning> warnings, AttackWarning.Kind kind, String message) {
    warnings.add(new AttackWarning(kind, message));
  }
}
