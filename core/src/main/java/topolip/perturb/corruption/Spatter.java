package topolip.perturb.corruption;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/// Drops of water (the first three severities) or of mud on the lens.
final class Spatter implements PlaneDistortion {
  private static final double[] WATER = {175 / 255.0, 238 / 255.0, 238 / 255.0};
  private static final double[] MUD = {63 / 255.0, 42 / 255.0, 20 / 255.0};
  private static final double LEAST_MUD = 0.8;

  private final double mean;
  private final double deviation;
  private final GaussianFilter blur;
  private final double threshold;
  private final double last;
  private final boolean mud;

  /// @param p mean, deviation, σ, threshold; the intensity of water or the σ of mud; 1 for mud
  Spatter(double... p) {
    this.mean = p[0];
    this.deviation = p[1];
    this.blur = GaussianFilter.reference(p[2]);
    this.threshold = p[3];
    this.last = p[4];
    this.mud = p[5] == 1;
  }

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) {
    int height = image.height();
    int width = image.width();
    ZigguratSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
    double[] liquid = new double[height * width];
    for (int i = 0; i < liquid.length; i++) {
      liquid[i] = mean + deviation * normal.sample();
    }
    liquid = blur.of(liquid, height, width);
    return mud ? muddy(image, liquid) : wet(image, liquid);
  }

  private Planes muddy(Planes image, double[] liquid) {
    double[] drops = new double[liquid.length];
    for (int i = 0; i < drops.length; i++) {
      drops[i] = liquid[i] > threshold ? 1 : 0;
    }
    double[] cover = GaussianFilter.reference(last).of(drops, image.height(), image.width());
    double[][] result = new double[3][liquid.length];
    for (int i = 0; i < liquid.length; i++) {
      double mask = cover[i] < LEAST_MUD ? 0 : cover[i];
      for (int c = 0; c < 3; c++) {
        result[c][i] = image.channel(c)[i] * (1 - mask) + MUD[c] * mask;
      }
    }
    return new Planes(image.height(), image.width(), result);
  }

  /// Where no drop reaches the threshold, the published program divides 0 by 0; here nothing is
  /// added.
  private Planes wet(Planes image, double[] liquid) {
    int[] levels = new int[liquid.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = liquid[i] < threshold ? 0 : (int) (liquid[i] * 255) & 0xff;
    }
    int[] relief = DropRelief.of(levels, image.height(), image.width());
    double[] masks = masks(levels, relief);
    double[][] result = new double[3][levels.length];
    for (int c = 0; c < 3; c++) {
      added(image.channel(c), masks, WATER[c], result[c]);
    }
    return new Planes(image.height(), image.width(), result);
  }

  /// Products, with the largest as `last`.
  private double[] masks(int[] levels, int[] relief) {
    int largest = 0;
    for (int i = 0; i < levels.length; i++) {
      largest = Math.max(largest, levels[i] * relief[i]);
    }
    double[] masks = new double[levels.length];
    if (largest > 0) {
      for (int i = 0; i < levels.length; i++) {
        masks[i] = last * levels[i] * relief[i] / largest;
      }
    }
    return masks;
  }

  private static void added(double[] plane, double[] masks, double colour, double[] result) {
    for (int i = 0; i < masks.length; i++) {
      result[i] = plane[i] + masks[i] * colour;
    }
  }
}
