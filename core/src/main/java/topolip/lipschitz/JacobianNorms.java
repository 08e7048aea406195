package topolip.lipschitz;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import topolip.dataset.Images;
import topolip.dataset.SampleRandom;
import topolip.model.DifferentiableModel;
import topolip.model.Tap;

/// Spectral norms of the Jacobian of a tap with respect to the pixels, `‖∂tap/∂image‖₂`, at images:
/// lower bounds of the Lipschitz constant from the input to that tap, whatever the radius.
///
/// By power iteration on JᵀJ: each value is `‖J v‖ / ‖v‖` for the best v found, below the norm but
/// for the rounding of single precision, and near it after some ten steps unless the largest
/// singular values are close to each other, when v does not matter much.
public final class JacobianNorms {
  private final double[] norms;
  private final float[] directions;

  private JacobianNorms(double[] norms, float[] directions) {
    this.norms = norms;
    this.directions = directions;
  }

  /// How power iteration is run.
  ///
  /// @param steps at most so many, each of three runs forwards and three back
  /// @param tolerance it ends when no norm grows by more than this share
  public record Iteration(int steps, double tolerance) {

    public Iteration {
      if (steps < 1 || !(tolerance >= 0)) {
        throw new IllegalArgumentException("%d steps, tolerance %s".formatted(steps, tolerance));
      }
    }

    /// At most 30 steps, to 10⁻³.
    public static Iteration standard() {
      return new Iteration(30, 1e-3);
    }

    /// The norms at a batch of images.
    ///
    /// @param tap one of the model's
    /// @param ids one an image: what its random start depends on, with the seed
    /// @throws CancellationException if the calling thread was interrupted
    public JacobianNorms at(
        DifferentiableModel model, Images images, Tap tap, int[] ids, long seed) {
      int count = images.count();
      if (ids.length != count) {
        throw new IllegalArgumentException("%d images, %d ids".formatted(count, ids.length));
      }
      float[] directions = start(images.shape().values(), ids, seed);
      float[] best = directions.clone();
      double[] norms = new double[count];
      for (int step = 0; step < steps; step++) {
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted");
        }
        float[] pushed = model.jacobianVector(images, tap, directions);
        boolean settled = true;
        double[] lengths = Rows.norms(directions, count);
        double[] stretched = Rows.norms(pushed, count);
        int size = directions.length / count;
        for (int i = 0; i < count; i++) {
          double norm = lengths[i] == 0 ? 0 : stretched[i] / lengths[i];
          settled &= norm <= norms[i] * (1 + tolerance);
          if (norm > norms[i]) {
            norms[i] = norm;
            System.arraycopy(directions, i * size, best, i * size, size);
          }
        }
        if (settled) {
          break;
        }
        Rows.normalise(pushed, count);
        directions = model.vectorJacobian(images, tap, pushed);
        Rows.normalise(directions, count);
      }
      return new JacobianNorms(norms, best);
    }

    private static float[] start(int size, int[] ids, long seed) {
      float[] directions = new float[Math.multiplyExact(size, ids.length)];
      for (int i = 0; i < ids.length; i++) {
        UniformRandomProvider random = SampleRandom.of(seed, ids[i]);
        ZigguratSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        for (int p = 0; p < size; p++) {
          directions[i * size + p] = (float) normal.sample();
        }
      }
      Rows.normalise(directions, ids.length);
      return directions;
    }
  }

  /// One value an image.
  public double[] norms() {
    return norms.clone();
  }

  /// The largest of them: a lower bound of the Lipschitz constant.
  public Bound largest() {
    double largest = Arrays.stream(norms).max().orElse(0);
    return Bound.of(Bound.Kind.LOWER, largest, "Jacobian");
  }

  /// The directions in which images are stretched most, `(images, pixels)`, of length 1.
  float[] directions() {
    return directions;
  }
}
