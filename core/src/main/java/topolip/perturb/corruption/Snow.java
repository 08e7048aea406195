package topolip.perturb.corruption;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/// Bright flakes, blurred along a steep line, over a whitened image; the layer of flakes is added
/// twice, once upside down.
final class Snow implements PlaneDistortion {
  private final double mean;
  private final double deviation;
  private final double zoom;
  private final double threshold;
  private final MotionBlur blur;
  private final double clear;

  /// @param p mean, deviation, zoom, threshold, blur's radius, its σ, weight of the image
  Snow(double... p) {
    this.mean = p[0];
    this.deviation = p[1];
    this.zoom = p[2];
    this.threshold = p[3];
    this.blur = new MotionBlur(p[4], p[5]);
    this.clear = p[6];
  }

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) {
    double[] layer = layer(image.width(), random);
    double[] grey = new double[layer.length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] =
          0.299 * image.channel(0)[i] + 0.587 * image.channel(1)[i] + 0.114 * image.channel(2)[i];
    }
    return image.map(plane -> {
      double[] snowy = new double[plane.length];
      for (int i = 0; i < snowy.length; i++) {
        double white = Math.max(plane[i], grey[i] * 1.5 + 0.5);
        snowy[i] = clear * plane[i] + (1 - clear) * white + layer[i] + layer[layer.length - 1 - i];
      }
      return snowy;
    });
  }

  private double[] layer(int side, UniformRandomProvider random) {
    ZigguratSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
    double[] layer = new double[side * side];
    for (int i = 0; i < layer.length; i++) {
      layer[i] = mean + deviation * normal.sample();
    }
    layer = Zoom.of(layer, side, zoom);
    for (int i = 0; i < layer.length; i++) {
      layer[i] = layer[i] < threshold ? 0 : Planes.level(layer[i]) / 255.0;
    }
    return blur.of(layer, side, side, random.nextDouble(-135, -45));
  }
}
