package topolip.lipschitz;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import topolip.dataset.Images;
import topolip.model.DifferentiableModel;
import topolip.model.Tap;

/// The largest quotient `‖f(x') − f(x)‖ / ‖x' − x‖` near an image x that gradient ascent finds, f
/// being a tap: a lower bound of the Lipschitz constant from the input to that tap.
///
/// x' is an image in [0, 1] at a distance between a tenth of the radius and the radius: nearer, the
/// rounding of single precision would show in the quotient.
///
/// @param radius largest Euclidean distance of x' from x
/// @param steps each of one run forwards, and one forwards and back
public record SteepestQuotient(double radius, int steps) {
  private static final double LEAST_SHARE = 0.1;
  private static final double FIRST_STEP = 0.5;

  public SteepestQuotient {
    if (!(radius > 0) || radius == Double.POSITIVE_INFINITY || steps < 0) {
      throw new IllegalArgumentException(
          "radius %s must be above 0 and finite, steps %d at least 0".formatted(radius, steps));
    }
  }

  /// Radius 0.5, 30 steps.
  public static SteepestQuotient standard() {
    return new SteepestQuotient(0.5, 30);
  }

  /// The largest quotient of each image, from where its Jacobian stretches most.
  ///
  /// @param images in [0, 1]
  /// @param tap one of the model's
  /// @param start the Jacobian's norms at these images and this tap
  /// @throws CancellationException if the calling thread was interrupted
  public double[] at(DifferentiableModel model, Images images, Tap tap, JacobianNorms start) {
    return new Ascent(model, images, tap).run(start.directions());
  }

  /// The ascent of a batch, each image by itself.
  private final class Ascent {
    private final DifferentiableModel model;
    private final Images images;
    private final Tap tap;
    private final int count;
    private final int size;
    private final float[] values;
    private final float[] best;
    private final float[] gradients;
    private final double[] quotients;
    private final double[] stepSizes;

    Ascent(DifferentiableModel model, Images images, Tap tap) {
      this.model = model;
      this.images = images;
      this.tap = tap;
      this.count = images.count();
      this.size = images.shape().values();
      this.values = forward(images.values());
      this.best = images.values().clone();
      this.gradients = new float[best.length];
      this.quotients = new double[count];
      this.stepSizes = new double[count];
      Arrays.fill(stepSizes, FIRST_STEP);
    }

    double[] run(float[] directions) {
      for (int sign = -1; sign <= 1; sign += 2) {
        float[] moved = images.values().clone();
        for (int p = 0; p < moved.length; p++) {
          moved[p] += (float) (sign * radius / 2 * directions[p]);
        }
        consider(moved, false);
      }
      for (int step = 0; step < steps; step++) {
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted");
        }
        consider(stepped(), true);
      }
      return quotients.clone();
    }

    private float[] stepped() {
      double[] lengths = Rows.norms(gradients, count);
      float[] moved = best.clone();
      for (int i = 0; i < count; i++) {
        double factor = lengths[i] == 0 ? 0 : stepSizes[i] * radius / lengths[i];
        for (int p = i * size; p < (i + 1) * size; p++) {
          moved[p] += (float) (factor * gradients[p]);
        }
      }
      return moved;
    }

    /// Keeps what is better; a step that is not better was too long.
    private void consider(float[] moved, boolean shorten) {
      project(moved);
      float[] reached = forward(moved);
      float[] change = Rows.difference(reached, values);
      double[] changes = Rows.norms(change, count);
      Rows.normalise(change, count);
      float[] pulled = model.vectorJacobian(Images.wrap(images.shape(), moved), tap, change);
      for (int i = 0; i < count; i++) {
        double distance = Rows.distance(moved, i, images.values(), i, size);
        boolean far = distance >= 0.99 * LEAST_SHARE * radius;
        double quotient = far ? changes[i] / distance : 0;
        if (quotient > quotients[i]) {
          quotients[i] = quotient;
          keep(i, moved, pulled, changes[i], distance);
        } else if (shorten) {
          stepSizes[i] /= 2;
        }
      }
    }

    /// The gradient of the quotient's logarithm: `Jᵀ Δf / ‖Δf‖² − Δx / ‖Δx‖²`.
    private void keep(int i, float[] moved, float[] pulled, double change, double distance) {
      for (int p = i * size; p < (i + 1) * size; p++) {
        double away = ((double) moved[p] - images.values()[p]) / (distance * distance);
        gradients[p] = (float) (pulled[p] / change - away);
        best[p] = moved[p];
      }
    }

    /// Into the shell around x, then into [0, 1].
    private void project(float[] moved) {
      for (int i = 0; i < count; i++) {
        double distance = Rows.distance(moved, i, images.values(), i, size);
        double target = Math.clamp(distance, LEAST_SHARE * radius, radius);
        double factor = distance == 0 ? 0 : target / distance;
        for (int p = i * size; p < (i + 1) * size; p++) {
          double x = images.values()[p];
          moved[p] = (float) Math.clamp(x + factor * (moved[p] - x), 0, 1);
        }
      }
    }

    private float[] forward(float[] moved) {
      return model
          .forward(Images.wrap(images.shape(), moved), List.of(tap))
          .activations()
          .getFirst();
    }
  }
}
