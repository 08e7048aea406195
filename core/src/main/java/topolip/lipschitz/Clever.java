package topolip.lipschitz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import topolip.dataset.Images;
import topolip.dataset.SampleRandom;
import topolip.engine.Progress;
import topolip.model.DifferentiableModel;
import topolip.model.Tap;
import topolip.perturb.attack.Norm;

/// CLEVER (Weng et al. 2018, arXiv 1801.10578): an **estimate** of the distance to the nearest
/// image of another class, from the largest gradients of the margin near an image.
///
/// It is no bound: gradients that the samples miss, or that are masked, make it too large
/// (Goodfellow 2018, arXiv 1804.07870).
///
/// @param batches whose largest gradients the distribution is fitted to
/// @param samples in each batch
/// @param radius of the ball that is sampled; no score exceeds it
/// @param norm of distances; gradients have the dual norm
public record Clever(int batches, int samples, double radius, Norm norm) {
  private static final int LARGEST_RUN = 128;

  public Clever {
    if (batches < 2 || samples < 1 || !(radius > 0) || radius == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "%d batches (at least 2) of %d samples, radius %s".formatted(batches, samples, radius));
    }
  }

  /// What was found for one image and one other class.
  ///
  /// @param image its place in the batch
  /// @param label the class that the model gives it
  /// @param target the other class
  /// @param margin the logit of the label less that of the target
  /// @param gradients the fit whose location estimates the largest gradient of the margin
  /// @param score `min(margin / location, radius)`
  public record Score(
      int image, int label, int target, double margin, ReverseWeibull gradients, double score) {}

  /// The least score of each image over all other classes.
  ///
  /// @param ids one an image: what its samples depend on, with the seed
  /// @throws CancellationException if the calling thread was interrupted
  public List<Score> untargeted(
      DifferentiableModel model, Images images, int[] ids, long seed, Progress progress) {
    List<Score> least = new ArrayList<>();
    try (Progress.Stage stage = progress.begin(model.name() + ": CLEVER", images.count())) {
      for (int i = 0; i < images.count(); i++) {
        Point point = new Point(model, images, i, ids[i], seed);
        least.add(
            IntStream.range(0, model.classes())
                .filter(c -> c != point.label)
                .mapToObj(point::score)
                .min(Comparator.comparingDouble(Score::score))
                .orElseThrow());
        stage.step(1);
      }
    }
    return least;
  }

  /// The score of one image for one other class.
  ///
  /// @throws IllegalArgumentException if the model already gives the image this class
  public Score targeted(
      DifferentiableModel model, Images images, int image, int id, int target, long seed) {
    Point point = new Point(model, images, image, id, seed);
    if (target == point.label || target < 0 || target >= model.classes()) {
      throw new IllegalArgumentException(
          "class %d is none of the other %d classes than %d"
              .formatted(target, model.classes() - 1, point.label));
    }
    return point.score(target);
  }

  /// One image, with its samples: the same for all targets.
  private final class Point {
    private final DifferentiableModel model;
    private final int image;
    private final float[] logits;
    private final int label;
    private final Images around;
    private final Tap tap;

    Point(DifferentiableModel model, Images images, int image, int id, long seed) {
      this.model = model;
      this.image = image;
      this.tap = model.taps().getLast();
      int size = images.shape().values();
      float[] clean = Arrays.copyOfRange(images.values(), image * size, (image + 1) * size);
      this.logits = model.forward(Images.wrap(images.shape(), clean), List.of()).logits();
      this.label =
          IntStream.range(0, logits.length)
              .boxed()
              .max(Comparator.comparingDouble(c -> logits[c]))
              .orElseThrow();
      this.around = Images.wrap(images.shape(), samples(clean, SampleRandom.of(seed, id)));
    }

    /// Uniform in the ball, then moved into [0, 1], which brings them nearer.
    private float[] samples(float[] clean, UniformRandomProvider random) {
      float[] values =
          new float[Math.multiplyExact(Math.multiplyExact(batches, samples), clean.length)];
      double[] v = new double[clean.length];
      for (int from = 0; from < values.length; from += clean.length) {
        norm.inBall(random, v);
        for (int p = 0; p < v.length; p++) {
          values[from + p] = (float) Math.clamp(clean[p] + radius * v[p], 0, 1);
        }
      }
      return values;
    }

    Score score(int target) {
      double[] maxima = new double[batches];
      for (int from = 0; from < around.count(); from += LARGEST_RUN) {
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted");
        }
        int to = Math.min(from + LARGEST_RUN, around.count());
        double[] sizes = gradients(from, to, target);
        for (int i = from; i < to; i++) {
          maxima[i / samples] = Math.max(maxima[i / samples], sizes[i - from]);
        }
      }
      ReverseWeibull fit = ReverseWeibull.fit(maxima);
      double margin = (double) logits[label] - logits[target];
      double score = fit.location() == 0 ? radius : Math.min(margin / fit.location(), radius);
      return new Score(image, label, target, margin, fit, score);
    }

    /// The dual norms of the margin's gradients.
    private double[] gradients(int from, int to, int target) {
      int size = around.shape().values();
      float[] part = Arrays.copyOfRange(around.values(), from * size, to * size);
      float[] vectors = new float[(to - from) * model.classes()];
      for (int i = 0; i < to - from; i++) {
        vectors[i * model.classes() + label] = 1;
        vectors[i * model.classes() + target] = -1;
      }
      float[] gradients = model.vectorJacobian(Images.wrap(around.shape(), part), tap, vectors);
      double[] sizes = new double[to - from];
      double[] gradient = new double[size];
      for (int i = 0; i < sizes.length; i++) {
        for (int p = 0; p < size; p++) {
          gradient[p] = gradients[i * size + p];
        }
        sizes[i] = norm.dual().of(gradient);
      }
      return sizes;
    }
  }
}
