package topolip.lipschitz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.model.DifferentiableModel;
import topolip.model.Forward;
import topolip.model.Loss;
import topolip.model.LossGradient;
import topolip.model.Tap;

/// Fully connected layers with ReLU between them (none behind the last), whose Jacobians are
/// written out; a tap behind each.
final class DenseNetwork implements DifferentiableModel {
  private final ImageShape shape;
  final List<double[][]> weights;

  DenseNetwork(ImageShape shape, List<double[][]> weights) {
    this.shape = shape;
    this.weights = weights;
  }

  static DenseNetwork random(long seed, int... widths) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[][]> weights = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      double[][] w = new double[widths[l]][widths[l - 1]];
      for (double[] row : w) {
        Arrays.setAll(row, i -> random.nextGaussian());
      }
      weights.add(w);
    }
    return new DenseNetwork(new ImageShape(1, 1, widths[0]), weights);
  }

  static Images images(ImageShape shape, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count * shape.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(0.2, 0.8);
    }
    return Images.wrap(shape, values);
  }

  static DMatrixRMaj matrix(double[][] w) {
    return new DMatrixRMaj(w);
  }

  /// The layers as a graph; taps have the names of its tensors.
  LayerGraph graph() {
    List<LayerGraph.Node> nodes = new ArrayList<>();
    String last = "input";
    for (int l = 0; l < weights.size(); l++) {
      DMatrixRMaj w = matrix(weights.get(l));
      String product = "product" + l;
      nodes.add(
          new LayerGraph.Node(
              product,
              "Gemm",
              LinearLayers.ofRows(() -> w, new double[0]),
              List.of(last),
              w.getNumRows()));
      last = "layer" + l;
      nodes.add(
          new LayerGraph.Node(
              last,
              "Relu",
              new Layer.Map(
                  Bound.of(Bound.Kind.EXACT, 1, "slope"),
                  Growth.elementwise(1, 0, w.getNumRows()),
                  new Layer.Form.Gentle()),
              List.of(product),
              w.getNumRows()));
    }
    return new LayerGraph("input", shape.values(), nodes);
  }

  double[] values(double[] image, int layers) {
    double[] x = image;
    for (int l = 0; l < layers; l++) {
      double[] next = times(weights.get(l), x);
      if (l < weights.size() - 1) {
        Arrays.setAll(next, i -> Math.max(0, next[i]));
      }
      x = next;
    }
    return x;
  }

  private static double[] times(double[][] w, double[] x) {
    double[] y = new double[w.length];
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < x.length; k++) {
        y[i] += w[i][k] * x[k];
      }
    }
    return y;
  }

  /// The Jacobian of the first so many layers, `(width, pixels)`.
  double[][] jacobian(double[] image, int layers) {
    double[][] jacobian = new double[image.length][image.length];
    for (int i = 0; i < image.length; i++) {
      jacobian[i][i] = 1;
    }
    for (int l = 0; l < layers; l++) {
      double[] before = times(weights.get(l), values(image, l));
      double[][] next = new double[before.length][image.length];
      for (int i = 0; i < next.length; i++) {
        if (before[i] > 0 || l == weights.size() - 1) {
          for (int k = 0; k < jacobian.length; k++) {
            for (int p = 0; p < image.length; p++) {
              next[i][p] += weights.get(l)[i][k] * jacobian[k][p];
            }
          }
        }
      }
      jacobian = next;
    }
    return jacobian;
  }

  double[] image(Images batch, int i) {
    double[] image = new double[shape.values()];
    Arrays.setAll(image, p -> batch.values()[i * image.length + p]);
    return image;
  }

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public ImageShape inputShape() {
    return shape;
  }

  @Override
  public int classes() {
    return weights.getLast().length;
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
    List<Tap> taps = new ArrayList<>();
    taps.add(new Tap(0, "input", "input", List.of(1, 1, shape.values()), 0, true));
    for (int l = 0; l < weights.size(); l++) {
      taps.add(new Tap(l + 1, "layer" + l, "Relu", List.of(weights.get(l).length), 0, true));
    }
    return taps;
  }

  @Override
  public Forward forward(Images batch, List<Tap> taps) {
    return new Forward(
        all(batch, weights.size()), taps.stream().map(tap -> all(batch, tap.index())).toList());
  }

  private float[] all(Images batch, int layers) {
    int width = layers == 0 ? shape.values() : weights.get(layers - 1).length;
    float[] all = new float[batch.count() * width];
    for (int i = 0; i < batch.count(); i++) {
      double[] values = values(image(batch, i), layers);
      for (int k = 0; k < width; k++) {
        all[i * width + k] = (float) values[k];
      }
    }
    return all;
  }

  @Override
  public float[] vectorJacobian(Images batch, Tap tap, float[] vectors) {
    float[] result = new float[batch.values().length];
    for (int i = 0; i < batch.count(); i++) {
      double[][] jacobian = jacobian(image(batch, i), tap.index());
      for (int k = 0; k < jacobian.length; k++) {
        for (int p = 0; p < jacobian[k].length; p++) {
          result[i * jacobian[k].length + p] +=
              (float) (vectors[i * jacobian.length + k] * jacobian[k][p]);
        }
      }
    }
    return result;
  }

  @Override
  public float[] jacobianVector(Images batch, Tap tap, float[] directions) {
    int width = tap.index() == 0 ? shape.values() : weights.get(tap.index() - 1).length;
    float[] result = new float[batch.count() * width];
    for (int i = 0; i < batch.count(); i++) {
      double[] direction = image(Images.wrap(shape, directions), i);
      double[] product = times(jacobian(image(batch, i), tap.index()), direction);
      for (int k = 0; k < width; k++) {
        result[i * width + k] = (float) product[k];
      }
    }
    return result;
  }

  @Override
  public LossGradient lossGradient(Images batch, Loss loss) {
    Forward forward = forward(batch, List.of());
    Loss.Values values = loss.at(forward.logits(), classes());
    return new LossGradient(
        forward.logits(),
        values.losses(),
        vectorJacobian(batch, taps().getLast(), values.derivatives()));
  }

  @Override
  public void close() {}
}
