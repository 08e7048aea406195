package topolip.perturb.attack;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;
import topolip.dataset.ImageShape;
import topolip.dataset.SampleRandom;

/// One point under attack: it asks the model, and keeps the best image that it has asked about.
///
/// Used by the thread of one attack; [Rounds] gives the answers.
final class Search {
  private final Attack attack;
  private final int place;
  private final ImageShape shape;
  private final int id;
  private final int label;
  private final float[] clean;
  private final float[] cleanLogits;
  private final int target;
  private final UniformRandomProvider random;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private @Nullable BlockingQueue<Search> arrivals;
  private @Nullable Question question;
  private @Nullable Throwable failure;
  private float[] kept;
  private float[] keptLogits;
  private double keptMargin;
  private double keptDistance;
  private boolean fooled;
  private long queries = 1;
  private long gradients;

  Search(Attack attack, Points points, int point, float[] cleanLogits, long seed) {
    this.attack = attack;
    this.place = point;
    this.shape = points.shape();
    this.id = points.id(point);
    this.label = points.label(point);
    this.clean = points.image(point);
    this.cleanLogits = cleanLogits;
    this.target = attack.aim().target(cleanLogits, label);
    this.random = SampleRandom.of(seed, id);
    this.kept = clean;
    this.keptLogits = cleanLogits;
    this.keptMargin = margin(cleanLogits);
  }

  /// Its place among the points.
  int place() {
    return place;
  }

  ImageShape shape() {
    return shape;
  }

  int label() {
    return label;
  }

  float[] clean() {
    return clean;
  }

  float[] cleanLogits() {
    return cleanLogits;
  }

  /// The class to reach, or [Aim#ANY].
  int target() {
    return target;
  }

  UniformRandomProvider random() {
    return random;
  }

  /// Whether the clean image is classified wrongly.
  boolean wrong() {
    return PointLoss.best(cleanLogits, -1) != label;
  }

  boolean fooled() {
    return fooled;
  }

  /// Whether nothing more has to be found.
  boolean finished() {
    return fooled && attack.keep() == Keep.FIRST;
  }

  /// How far the image kept is from the clean one.
  double keptDistance() {
    return keptDistance;
  }

  boolean adversarial(float[] logits) {
    int prediction = PointLoss.best(logits, -1);
    return target == Aim.ANY ? prediction != label : prediction == target;
  }

  /// How far the logits are beyond the decision that the attack wants.
  double margin(float[] z) {
    return target == Aim.ANY
        ? (double) z[PointLoss.best(z, label)] - z[label]
        : (double) z[target] - z[PointLoss.best(z, target)];
  }

  /// What the model makes of an image, which stays as it is until then.
  float[] logits(float[] image) throws InterruptedException {
    return ask(image, null).logits();
  }

  /// The logits at an image, and the gradient of a loss there.
  Answer gradient(float[] image, PointLoss loss) throws InterruptedException {
    gradients++;
    return ask(image, loss);
  }

  /// The same, but the image is not considered: whatever the answer, it is not kept.
  Answer unconsidered(float[] image, PointLoss loss) throws InterruptedException {
    gradients++;
    return answerTo(image.clone(), loss);
  }

  private Answer ask(float[] image, @Nullable PointLoss loss) throws InterruptedException {
    float[] asked = image.clone();
    Answer answer = answerTo(asked, loss);
    if (attack.allows(clean, asked)) {
      consider(asked, answer.logits());
    }
    return answer;
  }

  private Answer answerTo(float[] image, @Nullable PointLoss loss) throws InterruptedException {
    question = new Question(this, image, loss);
    Objects.requireNonNull(arrivals).put(this);
    Answer answer = answers.take();
    queries++;
    return answer;
  }

  private void consider(float[] image, float[] logits) {
    boolean adversarial = adversarial(logits);
    double margin = margin(logits);
    double distance = attack.norm().distance(clean, image);
    boolean nearest = attack.keep() == Keep.NEAREST && fooled;
    boolean better = nearest ? distance < keptDistance : margin > keptMargin;
    if (adversarial == fooled ? better : adversarial) {
      kept = image;
      keptLogits = logits;
      keptMargin = margin;
      keptDistance = distance;
      fooled = adversarial;
    }
  }

  /// Runs the attack, and then arrives without a question.
  void run(PointAttack program, BlockingQueue<Search> whereToAsk) {
    arrivals = whereToAsk;
    try {
      program.run(this);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    question = null;
    whereToAsk.add(this);
  }

  /// What is asked; null if the attack has ended.
  @Nullable Question question() {
    return question;
  }

  /// What the attack ended with, if not well.
  @Nullable Throwable failure() {
    return failure;
  }

  void answer(Answer answer) {
    answers.add(answer);
  }

  AttackedPoint result() {
    AttackedPoint.Outcome outcome =
        wrong()
            ? AttackedPoint.Outcome.WRONG
            : fooled ? AttackedPoint.Outcome.FOOLED : AttackedPoint.Outcome.ROBUST;
    boolean unbounded = outcome == AttackedPoint.Outcome.ROBUST && attack.keep() == Keep.NEAREST;
    return new AttackedPoint(
        id,
        label,
        outcome,
        PointLoss.best(unbounded ? cleanLogits : keptLogits, -1),
        unbounded ? clean : kept,
        unbounded ? 0 : keptDistance,
        attack.toString(),
        queries,
        gradients);
  }
}
