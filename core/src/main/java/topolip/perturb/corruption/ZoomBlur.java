package topolip.perturb.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/// The mean of an image, and the image enlarged by 1, 1 + step, 1 + 2 step, …
///
/// Sums are in single precision, as published.
record ZoomBlur(double step, int count) implements PlaneDistortion {

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) {
    return image.map(plane -> blurred(plane, image.width()));
  }

  private double[] blurred(double[] plane, int side) {
    double[] single = new double[plane.length];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) plane[i];
    }
    float[] sum = new float[plane.length];
    for (int k = 0; k < count; k++) {
      double[] zoomed = Zoom.of(single, side, 1 + k * step);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += (float) zoomed[i];
      }
    }
    double[] mean = new double[plane.length];
    for (int i = 0; i < mean.length; i++) {
      float value = ((float) single[i] + sum[i]) / (count + 1);
      // The product with 255 is rounded to single precision before it is truncated.
      mean[i] = Planes.ofLevel(Math.clamp(value, 0f, 1f) * 255f);
    }
    return mean;
  }
}
