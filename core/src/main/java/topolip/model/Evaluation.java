package topolip.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import topolip.engine.Progress;

/// How well a model classifies labelled samples.
public final class Evaluation {
  private static final int BATCH = 64;

  private Evaluation() {}

  /// The accuracy of a model: the class of the largest logit, the first one of equals, is its
  /// prediction.
  ///
  /// @param labels of the samples, each below the model's number of classes
  /// @throws IllegalArgumentException if a label is no class of the model
  /// @throws ArithmeticException if a logit is NaN
  /// @throws IOException if samples cannot be read
  public static Accuracy accuracy(
      Model model, int[] labels, Activations.Batches batches, Progress progress)
      throws IOException {
    requireClasses(model, labels);
    int correct = 0;
    try (Progress.Stage stage = progress.begin(model.name() + ": accuracy", labels.length)) {
      for (int from = 0; from < labels.length; from += BATCH) {
        int to = Math.min(from + BATCH, labels.length);
        float[] logits = model.forward(batches.read(from, to), List.of()).logits();
        for (int i = from; i < to; i++) {
          if (prediction(model, logits, i - from) == labels[i]) {
            correct++;
          }
        }
        stage.step(to - from);
      }
    }
    return Accuracy.of(correct, labels.length);
  }

  private static void requireClasses(Model model, int[] labels) {
    int largest = Arrays.stream(labels).max().orElse(0);
    if (largest >= model.classes()) {
      throw new IllegalArgumentException(
          "%s has %d classes, but the data have label %d; choose the data it was trained on"
              .formatted(model.name(), model.classes(), largest));
    }
  }

  private static int prediction(Model model, float[] logits, int sample) {
    int best = sample * model.classes();
    for (int i = best; i < (sample + 1) * model.classes(); i++) {
      if (Float.isNaN(logits[i])) {
        throw new ArithmeticException(
            "%s: logit %d is NaN; its accuracy is undefined"
                .formatted(model.name(), i - sample * model.classes()));
      }
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best - sample * model.classes();
  }
}
