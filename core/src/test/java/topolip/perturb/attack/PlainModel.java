package topolip.perturb.attack;

import java.util.Arrays;
import java.util.List;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.model.DifferentiableModel;
import topolip.model.Forward;
import topolip.model.Loss;
import topolip.model.LossGradient;
import topolip.model.Tap;

/// A model whose logits and gradients are written by hand, one sample at a time.
abstract class PlainModel implements DifferentiableModel {
  private final ImageShape shape;
  private final int classes;

  PlainModel(ImageShape shape, int classes) {
    this.shape = shape;
    this.classes = classes;
  }

  abstract double[] logits(float[] image);

  /// `vᵀ ∂logits/∂image`.
  abstract double[] pullBack(float[] image, double[] v);

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public ImageShape inputShape() {
    return shape;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public long parameters() {
    return 0;
  }

  @Override
  public String sha256() {
    return "0".repeat(64);
  }

  @Override
  public List<Tap> taps() {
    return List.of();
  }

  private float[] image(Images batch, int sample) {
    int size = shape.values();
    return Arrays.copyOfRange(batch.values(), sample * size, (sample + 1) * size);
  }

  @Override
  public Forward forward(Images batch, List<Tap> taps) {
    float[] all = new float[batch.count() * classes];
    for (int s = 0; s < batch.count(); s++) {
      double[] z = logits(image(batch, s));
      for (int c = 0; c < classes; c++) {
        all[s * classes + c] = (float) z[c];
      }
    }
    return new Forward(all, List.of());
  }

  @Override
  public LossGradient lossGradient(Images batch, Loss loss) {
    float[] logits = forward(batch, List.of()).logits();
    Loss.Values values = loss.at(logits, classes);
    float[] gradients = new float[batch.values().length];
    for (int s = 0; s < batch.count(); s++) {
      double[] v = new double[classes];
      for (int c = 0; c < classes; c++) {
        v[c] = values.derivatives()[s * classes + c];
      }
      double[] gradient = pullBack(image(batch, s), v);
      for (int i = 0; i < gradient.length; i++) {
        gradients[s * gradient.length + i] = (float) gradient[i];
      }
    }
    return new LossGradient(logits, values.losses(), gradients);
  }

  @Override
  public float[] vectorJacobian(Images batch, Tap tap, float[] vectors) {
    throw new UnsupportedOperationException();
  }

  @Override
  public float[] jacobianVector(Images batch, Tap tap, float[] directions) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
