package topolip.perturb.attack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.engine.Progress;
import topolip.model.DifferentiableModel;
import topolip.model.LossGradient;
import topolip.model.Model;

/// Runs the attacks of many points side by side: each is a straight program on a thread of its own,
/// and in each round the model answers what all of them ask, as one batch.
///
/// Which points share a batch, and in which order, does not depend on the speed of threads. The
/// model is called by the caller's thread alone.
final class Rounds {
  static final int WIDTH = 64;

  private final Model model;
  private final BlockingQueue<Search> arrivals = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  Rounds(Model model) {
    this.model = model;
  }

  /// Runs an attack on all searches whose clean image is classified correctly.
  ///
  /// @throws CancellationException if the calling thread was interrupted
  void run(PointAttack program, List<Search> searches, Progress.Stage stage) {
    Deque<Search> waiting = new ArrayDeque<>();
    for (Search search : searches) {
      if (search.wrong()) {
        stage.step(1);
      } else {
        waiting.add(search);
      }
    }
    try {
      run(program, waiting, stage);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      threads.forEach(Thread::interrupt);
    }
  }

  private void run(PointAttack program, Deque<Search> waiting, Progress.Stage stage)
      throws InterruptedException {
    List<Search> asking = new ArrayList<>();
    int running = 0;
    while (true) {
      while (!waiting.isEmpty() && asking.size() + running < WIDTH) {
        Search search = waiting.remove();
        threads.add(Thread.startVirtualThread(() -> search.run(program, arrivals)));
        running++;
      }
      for (; running > 0; running--) {
        Search search = arrivals.take();
        if (search.question() != null) {
          asking.add(search);
        } else {
          rethrow(search);
          stage.step(1);
        }
      }
      if (asking.isEmpty() && waiting.isEmpty()) {
        return;
      }
      if (asking.size() == WIDTH || waiting.isEmpty()) {
        running = asking.size();
        answer(asking);
        asking.clear();
      }
    }
  }

  private static void rethrow(Search search) {
    switch (search.failure()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException("an attack failed", e);
    }
  }

  private void answer(List<Search> asking) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    asking.sort(Comparator.comparingInt(Search::place));
    List<Question> plain = new ArrayList<>();
    List<Question> withLoss = new ArrayList<>();
    for (Search search : asking) {
      Question question = Objects.requireNonNull(search.question());
      (question.loss() == null ? plain : withLoss).add(question);
    }
    if (!plain.isEmpty()) {
      forward(plain);
    }
    if (!withLoss.isEmpty()) {
      backward(withLoss);
    }
  }

  private void forward(List<Question> questions) {
    float[] logits = model.forward(batch(questions), List.of()).logits();
    for (int i = 0; i < questions.size(); i++) {
      questions.get(i).from().answer(new Answer(row(logits, i), 0, new double[0]));
    }
  }

  private void backward(List<Question> questions) {
    if (!(model instanceof DifferentiableModel differentiable)) {
      throw new IllegalStateException(model.name() + " has no gradients");
    }
    PointLoss[] losses =
        questions.stream()
            .map(question -> Objects.requireNonNull(question.loss()))
            .toArray(PointLoss[]::new);
    LossGradient all = differentiable.lossGradient(batch(questions), PointLoss.batch(losses));
    int size = model.inputShape().values();
    for (int i = 0; i < losses.length; i++) {
      double[] gradient = new double[size];
      for (int k = 0; k < size; k++) {
        gradient[k] = all.gradients()[i * size + k];
      }
      questions.get(i).from().answer(new Answer(row(all.logits(), i), all.losses()[i], gradient));
    }
  }

  /// The logits of one sample of a batch.
  ///
  /// @throws ArithmeticException if one is NaN
  private float[] row(float[] logits, int sample) {
    float[] row =
        Arrays.copyOfRange(logits, sample * model.classes(), (sample + 1) * model.classes());
    for (float logit : row) {
      if (Float.isNaN(logit)) {
        throw new ArithmeticException(model.name() + ": a logit is NaN under attack");
      }
    }
    return row;
  }

  private Images batch(List<Question> questions) {
    ImageShape shape = model.inputShape();
    float[] values = new float[Math.multiplyExact(questions.size(), shape.values())];
    for (int i = 0; i < questions.size(); i++) {
      System.arraycopy(questions.get(i).image(), 0, values, i * shape.values(), shape.values());
    }
    return Images.wrap(shape, values);
  }

  /// The logits of clean points, one array each.
  List<float[]> logits(Points points) {
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < points.count(); from += WIDTH) {
      int[] places = IntStream.range(from, Math.min(from + WIDTH, points.count())).toArray();
      float[] logits = model.forward(points.subset(places).images(), List.of()).logits();
      for (int i = 0; i < places.length; i++) {
        rows.add(row(logits, i));
      }
    }
    return rows;
  }
}
