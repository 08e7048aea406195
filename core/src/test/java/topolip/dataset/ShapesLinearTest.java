package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Softmax regression on the pixels learns something of the shapes, but far from all: 37 % by
/// L-BFGS to convergence with the best weight decay.
class ShapesLinearTest {
  private static final int PIXELS = 3 * 32 * 32;
  private static final int CLASSES = 10;
  private static final int EPOCHS = 10;
  private static final float DECAY = 0.003f;

  private final float[][] weights = new float[CLASSES][PIXELS];
  private final float[] bias = new float[CLASSES];

  @Test
  void linearClassifierStaysBetweenChanceAndSixtyPercent() throws IOException {
    Dataset train = Shapes.of(Split.TRAIN, 0);
    Dataset test = Shapes.of(Split.TEST, 0);
    float[] mean = new float[PIXELS];
    float[][] images = images(train);
    for (int i = 0; i < PIXELS; i++) {
      for (float[] image : images) {
        mean[i] += image[i] / images.length;
      }
    }
    subtract(mean, images);
    learn(train, images);
    float[][] unseen = images(test);
    subtract(mean, unseen);
    assertThat(accuracy(test, unseen)).isBetween(0.15, 0.6);
  }

  /// Stochastic gradient descent with a step that falls to zero.
  private void learn(Dataset data, float[][] images) {
    int[] order = IntStream.range(0, images.length).toArray();
    SplittableRandom random = new SplittableRandom(1);
    int steps = EPOCHS * images.length;
    for (int step = 0; step < steps; step++) {
      if (step % images.length == 0) {
        shuffle(order, random);
      }
      int i = order[step % images.length];
      update(images[i], data.label(i), 5e-4f * (1 - step / (float) steps));
    }
  }

  private void update(float[] image, int label, float rate) {
    double[] probabilities = softmax(scores(image));
    for (int k = 0; k < CLASSES; k++) {
      float gradient = (float) probabilities[k] - (k == label ? 1 : 0);
      float[] w = weights[k];
      for (int i = 0; i < PIXELS; i++) {
        w[i] -= rate * (gradient * image[i] + DECAY * w[i]);
      }
      bias[k] -= rate * gradient;
    }
  }

  private double[] scores(float[] image) {
    double[] scores = new double[CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      float[] w = weights[k];
      float even = 0;
      float odd = 0;
      for (int i = 0; i < PIXELS; i += 2) {
        even += w[i] * image[i];
        odd += w[i + 1] * image[i + 1];
      }
      scores[k] = bias[k] + even + odd;
    }
    return scores;
  }

  private static double[] softmax(double[] scores) {
    double highest = Arrays.stream(scores).max().orElseThrow();
    double[] powers = Arrays.stream(scores).map(s -> Math.exp(s - highest)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(p -> p / sum).toArray();
  }

  private double accuracy(Dataset data, float[][] images) {
    int correct = 0;
    for (int i = 0; i < images.length; i++) {
      double[] scores = scores(images[i]);
      double highest = Arrays.stream(scores).max().orElseThrow();
      correct += scores[data.label(i)] == highest ? 1 : 0;
    }
    return correct / (double) images.length;
  }

  private static float[][] images(Dataset data) throws IOException {
    float[][] images = new float[data.size()][PIXELS];
    for (int i = 0; i < images.length; i++) {
      data.read(i, images[i], 0);
    }
    return images;
  }

  private static void subtract(float[] mean, float[][] images) {
    for (float[] image : images) {
      for (int i = 0; i < PIXELS; i++) {
        image[i] -= mean[i];
      }
    }
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
