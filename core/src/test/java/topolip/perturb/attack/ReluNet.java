package topolip.perturb.attack;

import java.util.random.RandomGenerator;
import topolip.dataset.ImageShape;

/// `z = B relu(A x + a) + b`.
final class ReluNet extends PlainModel {
  final LinearModel hidden;
  final double[][] output;

  ReluNet(ImageShape shape, int width, int classes, RandomGenerator random) {
    super(shape, classes);
    this.hidden = LinearModel.random(shape, width, random);
    this.output = new double[classes][width];
    for (double[] row : output) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextGaussian();
      }
    }
  }

  @Override
  double[] logits(float[] image) {
    double[] h = hidden.logits(image);
    double[] z = new double[output.length];
    for (int c = 0; c < z.length; c++) {
      for (int i = 0; i < h.length; i++) {
        z[c] += output[c][i] * Math.max(0, h[i]);
      }
    }
    return z;
  }

  @Override
  double[] pullBack(float[] image, double[] v) {
    double[] h = hidden.logits(image);
    double[] back = new double[h.length];
    for (int c = 0; c < v.length; c++) {
      for (int i = 0; i < h.length; i++) {
        back[i] += h[i] > 0 ? v[c] * output[c][i] : 0;
      }
    }
    return hidden.pullBack(image, back);
  }
}
