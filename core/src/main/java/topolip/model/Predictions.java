package topolip.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import topolip.engine.Progress;

/// The logits of labelled samples, and what they say about accuracy, doubt and calibration.
///
/// Logits are taken as those of a softmax: a model that gives probabilities gets other numbers.
public final class Predictions {
  /// The number of equal bins of confidence: as in Guo et al. 2017.
  private static final int BINS = 15;

  private static final int BATCH = 64;

  private final float[] logits;
  private final int classes;
  private final int[] labels;

  private Predictions(float[] logits, int classes, int[] labels) {
    this.logits = logits;
    this.classes = classes;
    this.labels = labels;
  }

  /// Takes over both arrays.
  ///
  /// @param logits `(samples, classes)`, row-major
  /// @throws IllegalArgumentException if they do not fit, there are none, or a label is no class
  /// @throws ArithmeticException if a logit is NaN
  public static Predictions wrap(float[] logits, int classes, int... labels) {
    if (labels.length == 0 || logits.length != Math.multiplyExact(labels.length, classes)) {
      throw new IllegalArgumentException(
          "%d logits of %d classes for %d labels".formatted(logits.length, classes, labels.length));
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "label %d is none of %d classes".formatted(label, classes));
      }
    }
    for (int i = 0; i < logits.length; i++) {
      if (Float.isNaN(logits[i])) {
        throw new ArithmeticException(
            "logit %d of sample %d is NaN".formatted(i % classes, i / classes));
      }
    }
    return new Predictions(logits, classes, labels);
  }

  /// Runs a model on all samples.
  ///
  /// @param labels of the samples, each below the model's number of classes
  /// @throws IOException if samples cannot be read
  public static Predictions of(
      Model model, int[] labels, Activations.Batches batches, Progress progress)
      throws IOException {
    float[] logits = new float[Math.multiplyExact(labels.length, model.classes())];
    try (Progress.Stage stage = progress.begin(model.name() + ": predictions", labels.length)) {
      for (int from = 0; from < labels.length; from += BATCH) {
        int to = Math.min(from + BATCH, labels.length);
        float[] some = model.forward(batches.read(from, to), List.of()).logits();
        System.arraycopy(some, 0, logits, from * model.classes(), some.length);
        stage.step(to - from);
      }
    }
    return wrap(logits, model.classes(), labels.clone());
  }

  public int count() {
    return labels.length;
  }

  public int label(int sample) {
    return labels[sample];
  }

  /// The class of the largest logit, the first of equals.
  public int prediction(int sample) {
    int best = sample * classes;
    for (int i = best; i < (sample + 1) * classes; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best - sample * classes;
  }

  /// The probabilities of the classes, the softmax of the logits.
  public double[] probabilities(int sample) {
    double largest = logits[sample * classes + prediction(sample)];
    double[] p = new double[classes];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      p[c] = Math.exp(logits[sample * classes + c] - largest);
      sum += p[c];
    }
    for (int c = 0; c < classes; c++) {
      p[c] /= sum;
    }
    return p;
  }

  /// The probability of the predicted class.
  public double confidence(int sample) {
    return probabilities(sample)[prediction(sample)];
  }

  /// The entropy of the probabilities, `−Σ p log p`, in nats: from 0 to the logarithm of the number
  /// of classes.
  public double entropy(int sample) {
    return Arrays.stream(probabilities(sample)).filter(p -> p > 0).map(p -> -p * Math.log(p)).sum();
  }

  /// Accuracy, doubt and calibration of all samples.
  public PredictionSummary summary() {
    int correct = 0;
    double confidence = 0;
    double entropy = 0;
    int[] binCorrect = new int[BINS];
    double[] binConfidence = new double[BINS];
    for (int s = 0; s < count(); s++) {
      double share = confidence(s);
      // Bins are open below and closed above.
      int bin = Math.clamp((int) Math.ceil(share * BINS) - 1, 0, BINS - 1);
      boolean right = prediction(s) == labels[s];
      correct += right ? 1 : 0;
      binCorrect[bin] += right ? 1 : 0;
      binConfidence[bin] += share;
      confidence += share;
      entropy += entropy(s);
    }
    double gap = 0;
    for (int bin = 0; bin < BINS; bin++) {
      gap += Math.abs(binConfidence[bin] - binCorrect[bin]) / count();
    }
    return new PredictionSummary(
        Accuracy.of(correct, count()), confidence / count(), entropy / count(), gap);
  }
}
