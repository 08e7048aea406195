package topolip.perturb.attack;

import java.util.Arrays;

/// The images that an attack may choose: those within a distance of the clean image, in [0, 1].
///
/// @param eps in units of the pixel range, such as 8/255
public record Ball(Norm norm, double eps) {

  public Ball {
    if (!(eps >= 0) || eps == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("eps must be at least 0 and finite: " + eps);
    }
  }

  /// Moves an image into the ball and [0, 1].
  void project(float[] clean, float[] image) {
    norm.project(clean, image, eps);
  }

  /// Whether an image is at most eps from a clean one, up to the rounding of each pixel to a float.
  public boolean contains(float[] clean, float[] image) {
    double[] rounding = new double[clean.length];
    Arrays.fill(rounding, Math.ulp(0.5f));
    return norm.distance(clean, image) <= eps + norm.of(rounding);
  }

  @Override
  public String toString() {
    return norm + ":" + eps;
  }
}
