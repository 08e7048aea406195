package topolip.model;

import java.util.ArrayList;
import java.util.List;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;

/// A network whose every value is known: layer l multiplies all pixels by `factors[l]`; the logits
/// are the first two of the last layer's values.
public final class AnalyticModel implements Model {
  private final ImageShape shape;
  private final float[] factors;

  public AnalyticModel(ImageShape shape, float... factors) {
    this.shape = shape;
    this.factors = factors;
  }

  @Override
  public String name() {
    return "analytic";
  }

  @Override
  public ImageShape inputShape() {
    return shape;
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public long parameters() {
    return factors.length;
  }

  @Override
  public String sha256() {
    return "0".repeat(64);
  }

  @Override
  public List<Tap> taps() {
    List<Tap> taps = new ArrayList<>();
    List<Integer> sides = List.of(shape.channels(), shape.height(), shape.width());
    taps.add(new Tap(0, "input", "input", sides, 0, true));
    for (int l = 1; l <= factors.length; l++) {
      taps.add(new Tap(l, "scale" + l, "Mul", sides, 1, true));
    }
    return taps;
  }

  @Override
  public Forward forward(Images batch, List<Tap> taps) {
    List<float[]> layers = new ArrayList<>(List.of(batch.values()));
    for (float factor : factors) {
      float[] next = layers.getLast().clone();
      for (int i = 0; i < next.length; i++) {
        next[i] *= factor;
      }
      layers.add(next);
    }
    float[] logits = new float[2 * batch.count()];
    for (int i = 0; i < batch.count(); i++) {
      System.arraycopy(layers.getLast(), i * shape.values(), logits, 2 * i, 2);
    }
    return new Forward(logits, taps.stream().map(tap -> layers.get(tap.index())).toList());
  }

  @Override
  public void close() {}
}
