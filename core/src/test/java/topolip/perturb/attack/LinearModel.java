package topolip.perturb.attack;

import java.util.random.RandomGenerator;
import topolip.dataset.ImageShape;

/// `z = W x + b`.
final class LinearModel extends PlainModel {
  final double[][] weights;
  final double[] biases;

  LinearModel(ImageShape shape, double[][] weights, double[] biases) {
    super(shape, biases.length);
    this.weights = weights;
    this.biases = biases;
  }

  static LinearModel random(ImageShape shape, int classes, RandomGenerator random) {
    double[][] weights = new double[classes][shape.values()];
    double[] biases = new double[classes];
    for (int c = 0; c < classes; c++) {
      for (int i = 0; i < shape.values(); i++) {
        weights[c][i] = random.nextGaussian();
        biases[c] -= weights[c][i] / 2;
      }
      biases[c] += 0.3 * random.nextGaussian();
    }
    return new LinearModel(shape, weights, biases);
  }

  @Override
  double[] logits(float[] image) {
    double[] z = biases.clone();
    for (int c = 0; c < z.length; c++) {
      for (int i = 0; i < image.length; i++) {
        z[c] += weights[c][i] * image[i];
      }
    }
    return z;
  }

  @Override
  double[] pullBack(float[] image, double[] v) {
    double[] gradient = new double[image.length];
    for (int c = 0; c < v.length; c++) {
      for (int i = 0; i < image.length; i++) {
        gradient[i] += v[c] * weights[c][i];
      }
    }
    return gradient;
  }

  /// The least distance at which another class has as large a logit, anywhere in space: `min_j (z_y
  /// − z_j) / ‖w_y − w_j‖_q`.
  double radius(float[] image, int label, Norm norm) {
    double[] z = logits(image);
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < z.length; j++) {
      if (j != label) {
        double max = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < image.length; i++) {
          double w = Math.abs(weights[label][i] - weights[j][i]);
          max = Math.max(max, w);
          sum += w;
          squares += w * w;
        }
        double dual =
            switch (norm) {
              case L_INF -> sum;
              case L_2 -> Math.sqrt(squares);
              case L_1 -> max;
            };
        least = Math.min(least, (z[label] - z[j]) / dual);
      }
    }
    return least;
  }

  /// The same among images in [0, 1] for ℓ_∞ and ℓ₂, by bisection: within ℓ_∞ distance r the best
  /// image is `clip(x + r sign g)`; the nearest in ℓ₂ is `clip(x + t g)` for some t.
  double boxRadius(float[] image, int label, Norm norm) {
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < biases.length; j++) {
      if (j != label) {
        double low = 0;
        double high = 100;
        for (int k = 0; k < 200; k++) {
          double t = (low + high) / 2;
          if (margin(moved(image, label, j, norm, t), label, j) > 0) {
            high = t;
          } else {
            low = t;
          }
        }
        if (high < 99) {
          double[] best = moved(image, label, j, norm, high);
          double max = 0;
          double squares = 0;
          for (int i = 0; i < image.length; i++) {
            max = Math.max(max, Math.abs(best[i] - image[i]));
            squares += (best[i] - image[i]) * (best[i] - image[i]);
          }
          least = Math.min(least, norm == Norm.L_INF ? max : Math.sqrt(squares));
        }
      }
    }
    return least;
  }

  private double[] moved(float[] image, int label, int other, Norm norm, double t) {
    double[] moved = new double[image.length];
    for (int i = 0; i < image.length; i++) {
      double g = weights[other][i] - weights[label][i];
      moved[i] = Math.clamp(image[i] + t * (norm == Norm.L_INF ? Math.signum(g) : g), 0, 1);
    }
    return moved;
  }

  private double margin(double[] x, int label, int other) {
    double margin = biases[other] - biases[label];
    for (int i = 0; i < x.length; i++) {
      margin += (weights[other][i] - weights[label][i]) * x[i];
    }
    return margin;
  }
}
