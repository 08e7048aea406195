package topolip.perturb.attack;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/// How large a perturbation is: the norm of the difference of two images, over all channels.
///
/// Sums are in double; pixels are floats in [0, 1].
public enum Norm {
  /// The largest absolute value.
  L_INF("linf") {
    @Override
    public double of(double[] v) {
      double largest = 0;
      for (double x : v) {
        largest = Math.max(largest, Math.abs(x));
      }
      return largest;
    }

    @Override
    public Norm dual() {
      return L_1;
    }

    @Override
    void steepest(double[] gradient) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = Math.signum(gradient[i]);
      }
    }

    @Override
    public void inBall(UniformRandomProvider random, double[] v) {
      for (int i = 0; i < v.length; i++) {
        v[i] = 2 * random.nextDouble() - 1;
      }
    }

    @Override
    void onSphere(UniformRandomProvider random, double[] v) {
      inBall(random, v);
      scale(v, 1 / of(v));
    }

    @Override
    void project(float[] clean, float[] image, double eps) {
      for (int i = 0; i < image.length; i++) {
        double low = Math.max(0, clean[i] - eps);
        double high = Math.min(1, clean[i] + eps);
        image[i] = (float) Math.max(low, Math.min(image[i], high)); // faster than clamp
      }
    }
  },

  /// The Euclidean norm.
  L_2("l2") {
    @Override
    public double of(double[] v) {
      double squares = 0;
      for (double x : v) {
        squares += x * x;
      }
      return Math.sqrt(squares);
    }

    @Override
    public Norm dual() {
      return L_2;
    }

    @Override
    void steepest(double[] gradient) {
      double norm = of(gradient);
      scale(gradient, norm == 0 ? 0 : 1 / norm);
    }

    @Override
    public void inBall(UniformRandomProvider random, double[] v) {
      onSphere(random, v);
      scale(v, Math.pow(random.nextDouble(), 1.0 / v.length));
    }

    @Override
    void onSphere(UniformRandomProvider random, double[] v) {
      normal(random, v);
      scale(v, 1 / of(v));
    }

    // Shrunk into the ball, then clipped, which shrinks it further: inside both, though not always
    // the nearest point of both.
    @Override
    void project(float[] clean, float[] image, double eps) {
      double norm = distance(clean, image);
      double share = norm > eps ? eps / norm : 1;
      for (int i = 0; i < image.length; i++) {
        double moved = clean[i] + share * ((double) image[i] - clean[i]);
        image[i] = (float) Math.clamp(share == 1 ? image[i] : moved, 0, 1);
      }
    }
  },

  /// The sum of absolute values.
  L_1("l1") {
    @Override
    public double of(double[] v) {
      double sum = 0;
      for (double x : v) {
        sum += Math.abs(x);
      }
      return sum;
    }

    @Override
    public Norm dual() {
      return L_INF;
    }

    // All of it at the largest derivative; shared by those that are equal.
    @Override
    void steepest(double[] gradient) {
      double largest = L_INF.of(gradient);
      int ties = 0;
      for (double g : gradient) {
        ties += Math.abs(g) == largest ? 1 : 0;
      }
      for (int i = 0; i < gradient.length; i++) {
        boolean steepest = Math.abs(gradient[i]) == largest;
        gradient[i] = steepest ? Math.signum(gradient[i]) / ties : 0;
      }
    }

    @Override
    public void inBall(UniformRandomProvider random, double[] v) {
      double sum = exponential(random, v) + ZigguratSampler.Exponential.of(random).sample();
      scale(v, 1 / sum);
    }

    @Override
    void onSphere(UniformRandomProvider random, double[] v) {
      scale(v, 1 / exponential(random, v));
    }

    private static double exponential(UniformRandomProvider random, double[] v) {
      ZigguratSampler sampler = ZigguratSampler.Exponential.of(random);
      double sum = 0;
      for (int i = 0; i < v.length; i++) {
        double draw = sampler.sample();
        sum += draw;
        v[i] = random.nextBoolean() ? draw : -draw;
      }
      return sum;
    }

    @Override
    void project(float[] clean, float[] image, double eps) {
      L1BoxProjection.project(clean, image, eps);
    }
  };

  private final String text;

  Norm(String text) {
    this.text = text;
  }

  /// The norm of a vector.
  public abstract double of(double[] v);

  /// The norm of gradients that belongs to this norm of perturbations.
  public abstract Norm dual();

  /// Turns a gradient into the step of norm 1 that raises the function most, 0 if it is 0.
  abstract void steepest(double[] gradient);

  /// Fills an array with a uniform draw from the ball of radius 1.
  public abstract void inBall(UniformRandomProvider random, double[] v);

  /// Fills an array with a random direction of norm 1.
  abstract void onSphere(UniformRandomProvider random, double[] v);

  /// Moves an image into [0, 1] and the ball of radius eps around a clean image in [0, 1].
  abstract void project(float[] clean, float[] image, double eps);

  /// The norm of the difference of two images.
  public double distance(float[] a, float[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = (double) b[i] - a[i];
    }
    return of(difference);
  }

  static void scale(double[] v, double factor) {
    for (int i = 0; i < v.length; i++) {
      v[i] *= factor;
    }
  }

  static void normal(UniformRandomProvider random, double[] v) {
    ZigguratSampler sampler = ZigguratSampler.NormalizedGaussian.of(random);
    for (int i = 0; i < v.length; i++) {
      v[i] = sampler.sample();
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
